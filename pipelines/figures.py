"""figures."""

from pipelines.model import Draft


def read_figures(draft: Draft) -> None:
    """To be written."""
