"""sections."""

from pipelines.model import Draft


def split_sections(draft: Draft) -> None:
    """To be written."""
