"""year."""

from pipelines.model import Draft


def detect_year(draft: Draft) -> None:
    """To be written."""
