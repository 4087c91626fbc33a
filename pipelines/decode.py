"""decode."""

from pipelines.model import Draft


def decode(draft: Draft) -> None:
    """To be written."""
