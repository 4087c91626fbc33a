"""judge."""

from pipelines.model import Draft


def judge(draft: Draft) -> None:
    """To be written."""
