"""chrome."""

from pipelines.model import Draft


def strip_chrome(draft: Draft) -> None:
    """To be written."""
