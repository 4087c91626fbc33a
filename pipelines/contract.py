"""The JSON Schema of the record, made from `model`: types from the annotations, descriptions from the docstrings."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import msgspec

from pipelines import model


def record_schema() -> dict[str, Any]:
    """The schema of what `scrapy extract` writes, draft 2020-12. A record has every field, null or empty where unknown."""
    schema = msgspec.json.schema(model.Report)
    written = _descriptions()
    for name, definition in schema["$defs"].items():
        definition["required"] = list(definition["properties"])
        for field, rule in definition["properties"].items():
            rule.pop("default", None)
            if field in written[name]:
                rule["description"] = written[name][field]
    schema["$defs"]["Report"]["properties"]["schema_version"] = {"const": model.SCHEMA_VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gongkai:record:{model.SCHEMA_VERSION}",
        "title": "Chinese open-government annual report (政府信息公开工作年度报告)",
        "description": "What one page says, with its evidence. Fields are added within a version, never changed.",
        **schema,
    }


def _descriptions() -> dict[str, dict[str, str]]:
    """Per class of the model: the string literals that stand under its fields."""
    written: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(model)).body:
        if isinstance(node, ast.ClassDef):
            fields = written[node.name] = {}
            for declared, below in zip(node.body, node.body[1:], strict=False):
                match declared, below:
                    case ast.AnnAssign(target=ast.Name(id=field)), ast.Expr(value=ast.Constant(value=str(words))):
                        fields[field] = " ".join(words.split())
    return written
