"""The catalogue of findings (vocabulary/issues.toml): every code that a stage may raise, its severity and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines import vocabulary
from pipelines.draft import Draft
from pipelines.model import Evidence, Severity


@dataclass(frozen=True, slots=True)
class IssueKind:
    """What a code means."""

    code: str
    severity: Severity
    about: str


@cache
def catalogue() -> dict[str, IssueKind]:
    """All kinds of findings by code."""
    source = vocabulary.toml("issues.toml")
    return {code: IssueKind(code, entry["severity"], entry["about"]) for code, entry in source.items()}


def find(draft: Draft, code: str, message: str, *sides: Evidence) -> None:
    """Records a finding with the severity of its kind. A code that the catalogue lacks raises `KeyError`."""
    draft.add_issue(code, catalogue()[code].severity, message, *sides)
