"""Departments through the reforms of government: possible links with their reason, and no other name for a body of its year."""

import tomllib

import pytest

from pipelines.identity.divisions import gazetteer
from pipelines.identity.reforms import is_reformed
from pipelines.model import ReportingBody
from pipelines.vocabulary import FOLDER
from tests.test_issuer import detected, draft_of, issues


def body_of(title: str, year: int, **page: dict[str, str | None]) -> ReportingBody:
    body = detected(draft_of(f"{title}{year}年政府信息公开年报", year=year, **page)).reporting_body  # type: ignore[arg-type]
    assert body is not None
    return body


@pytest.mark.parametrize(
    ("title", "year", "relation", "expected"),
    [
        ("平和县国土资源局", 2014, "successor", "350628:department:平和县自然资源局"),
        ("平和县自然资源局", 2019, "predecessor", "350628:department:平和县国土资源局"),
        ("福建省卫生厅", 2012, "successor", "350000:department:福建省卫生和计划生育委员会"),
        ("福建省交通运输厅", 2010, "predecessor", "350000:department:福建省交通厅"),
        ("新沂市食药监局", 2014, "successor", "320381:department:新沂市市场监督管理局"),
        # The place is that of the year after the reform, too.
        ("广德县环境保护局", 2016, "successor", "341882:department:广德市生态环境局"),
        ("崇文区交通局", 2007, "successor", "110103:department:崇文区交通运输局"),
    ],
)
def test_a_department_may_have_been_or_become_another(title: str, year: int, relation: str, expected: str) -> None:
    if expected.startswith("341882"):
        state = gazetteer().then(gazetteer().named("广德县")[0], 2019)
        assert state is not None
        expected = expected.replace("341882", state.code).replace("广德市", state.name)
    body = body_of(title, year)
    links = {link.id: link for link in body.possible_links}
    assert links[expected].relation == relation
    assert links[expected].reason[:4] in ("2008", "2013", "2018")
    assert body.name == title
    assert expected not in body.linked_ids


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("平和县教育局", 2014),
        ("平和县自然资源局", 2016),  # a name from before the reform, of the place's own making
        ("平和县农牧局", 2019),  # stands in both lists
        ("平和县人民政府", 2019),
        ("国家税务总局平和县税务局", 2019),
        ("兰州新区环境保护局", 2016),
    ],
)
def test_no_link_is_guessed_without_a_reform(title: str, year: int) -> None:
    assert body_of(title, year).possible_links == []


def test_a_page_that_uses_both_names_links_them_and_sees_no_conflict() -> None:
    draft = draft_of("平和县国土资源局2014年政府信息公开年报", year=2014, metadata={"publisher": "平和县自然资源局"})
    report = detected(draft)
    assert report.reporting_body is not None
    assert report.reporting_body.linked_ids == ["350628:department:平和县自然资源局"]
    assert not issues(report, "issuer_conflict")


def test_names_that_only_sound_alike_are_not_reformed() -> None:
    assert is_reformed("国土资源局", "自然资源和规划局")
    assert is_reformed("卫生健康委员会", "卫计委")
    assert not is_reformed("教育局", "卫生健康局")
    assert not is_reformed("国土资源局", "国土局")


def test_every_reform_names_its_plan() -> None:
    table = tomllib.loads((FOLDER / "reforms.toml").read_text(encoding="utf-8"))
    assert [reform for reform in table["reform"] if str(reform["year"]) not in reform["plan"]] == []
    assert [
        change for reform in table["reform"] for change in reform["changes"] if not change["before"] or not change["after"]
    ] == []
