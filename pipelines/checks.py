"""checks."""

from pipelines.model import Draft


def check(draft: Draft) -> None:
    """To be written."""
