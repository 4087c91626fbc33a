"""fingerprint."""

from pipelines.model import Draft


def fingerprint(draft: Draft) -> None:
    """To be written."""
