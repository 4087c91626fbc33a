"""issuer."""

from pipelines.model import Draft


def detect_issuer(draft: Draft) -> None:
    """To be written."""
