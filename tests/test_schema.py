"""The record is a contract: the kept schema, the closed vocabularies and real records must agree with the model."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import pytest

from pipelines import model, run
from pipelines.contract import record_schema
from pipelines.model import Capture, Document

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "docs" / "record.schema.json"
VOCABULARY = json.loads((ROOT / "pipelines" / "vocabulary" / "record.json").read_text(encoding="utf-8"))
LITERALS = {
    "state": model.State,
    "page_kind": model.PageKind,
    "trust": model.Trust,
    "script": model.Script,
    "regime": model.Regime,
    "level": model.Level,
    "organ": model.Organ,
    "stated": model.Stated,
    "qualifier": model.Qualifier,
    "source": model.FigureSource,
    "confidence": model.Confidence,
    "severity": model.Severity,
}


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(KEPT.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_kept_schema_is_that_of_the_code() -> None:
    assert json.loads(KEPT.read_text(encoding="utf-8")) == record_schema(), "run: scrapy schema -o docs/record.schema.json"


def test_the_command_prints_the_kept_file() -> None:
    done = subprocess.run([sys.executable, "-m", "scrapy", "schema"], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == KEPT.read_bytes()


@pytest.mark.parametrize("name", sorted(VOCABULARY.keys() - {"codebook_version"}))
def test_literals_are_the_closed_vocabulary(name: str) -> None:
    assert list(get_args(LITERALS[name])) == VOCABULARY[name]


def test_docstrings_of_the_model_are_descriptions() -> None:
    definitions = record_schema()["$defs"]
    assert definitions["Report"]["properties"]["published"]["description"] == "The date that this site gives for the page."
    assert definitions["Section"]["description"].startswith("A part of the report.")


PAGES = {
    "report": "<h1>石桥县2015年政府信息公开工作年度报告</h1><p>一、概述</p><p>全年主动公开政府信息31条。</p>"
    "<table><tr><td>项目</td><td>件</td></tr><tr><td>申请</td><td>2</td></tr></table><p>石桥县人民政府</p><p>2016年3月1日</p>",
    "not a report": "<p>关于召开会议的通知</p>",
    "empty": "",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_records_follow_the_schema(validator: jsonschema.Draft202012Validator, page: str) -> None:
    record = json.loads(msgspec.json.encode(run(Document(Capture(page.encode(), "http://www.example.gov.cn/1")))))
    validator.validate(record)


@pytest.mark.parametrize(
    "change", [{"state": "fine"}, {"report_year": "2015"}, {"schema_version": 2}, {"sections": None}, {"figures": [{}]}]
)
def test_the_schema_refuses_what_is_no_record(validator: jsonschema.Draft202012Validator, change: dict[str, Any]) -> None:
    record = json.loads(msgspec.json.encode(model.Report()))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**record, **change})
