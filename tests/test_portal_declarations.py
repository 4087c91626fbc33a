"""Every declared portal, by the same rules; and what a wrong declaration is told."""

from collections import Counter
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.families import FAMILIES
from crawler.loader import PortalLoader, UnknownSpider
from crawler.portal import Portal, PortalError, portal_files, read_portal
from pipelines.identity.divisions import gazetteer

FILES = portal_files()

GOOD = """
title = "青水县人民政府"
division = "430223"
trust = "government_host"
family = "boda"
hosts = ["www.qingshui.gov.cn"]

[[columns]]
url = "http://www.qingshui.gov.cn/nb.htm"
verified = true
"""


@pytest.fixture(params=FILES, ids=list(FILES))
def portal(request: pytest.FixtureRequest) -> Portal:
    return read_portal(FILES[request.param])


def test_declarations_are_there() -> None:
    assert {"liangshan", "youxian", "linxia", "newton", "tengchong"} <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_declaration_is_short(name: str) -> None:
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= 20


def test_division_is_known(portal: Portal) -> None:
    assert portal.division is None or gazetteer().at(portal.division) is not None


def test_unverified_address_says_where_it_comes_from(portal: Portal) -> None:
    assert all(column.verified or column.note for column in portal.columns)


def test_trusted_host_is_a_government_host(portal: Portal) -> None:
    if portal.trust == "government_host":
        assert all(host.endswith(".gov.cn") for host in portal.hosts)


def test_no_host_has_two_portals() -> None:
    """Two crawls of one host would ask it twice as often as is polite."""
    hosts = Counter(host for path in FILES.values() for host in read_portal(path).hosts)
    assert [host for host, number in hosts.items() if number > 1] == []


def declare(folder: Path, text: str, name: str = "qingshui") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_declaration(tmp_path: Path) -> None:
    portal = read_portal(declare(tmp_path, GOOD))
    assert (portal.name, portal.columns[0].note, portal.expect.candidates) == ("qingshui", "", 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('family = "boda"', 'famly = "boda"', "unknown key `famly`; did you mean `family`?"),
        ('family = "boda"', "", "missing key `family`"),
        ('family = "boda"', 'family = "bodda"', "no family `bodda`; did you mean `boda`?"),
        ("verified = true", "verifed = true", "unknown key `columns[0].verifed`; did you mean `columns[0].verified`?"),
        ("verified = true", 'verified = "yes"', "key `columns[0].verified`: Expected `bool`"),
        ('division = "430223"', 'division = "4302"', 'write six digits in quotes: division = "430223"'),
        (
            'trust = "government_host"',
            'trust = "friend"',
            "Invalid enum value 'friend'; write one of official_body, ",
        ),
        ('["www.qingshui.gov.cn"]', '"www.qingshui.gov.cn"', 'write hosts = ["www.example.gov.cn"]'),
        ('["www.qingshui.gov.cn"]', '["http://WWW.qingshui.gov.cn:80/"]', "key `hosts[0]`: .* write `www.qingshui.gov.cn`"),
        ('["www.qingshui.gov.cn"]', '["[::1"]', "key `hosts[0]`"),
        ("[[columns]]", "[columns]", "write [[columns]] above the keys of each"),
        ("verified = true", "verified = true\nelsewhere = true", "it stands above the first [table]"),
        ("http://www.qing", "http://[::1www.qing", "key `columns[0].url`: .* is not an address"),
        (".gov.cn/", ".gov.cn:port/", "key `columns[0].url`: .* is not an address"),
        ("title =", 'content = "div::text"\ntitle =', "is not a CSS selector"),
        ('hosts = ["www.qingshui.gov.cn"]', 'hosts = ["qingshui.gov.cn"]', "host www.qingshui.gov.cn is not in `hosts`"),
        ("http://www.qing", "www.qing", "does not begin with http:// or https://"),
        ("title =", 'name = "other"\ntitle =', "the file's name is the portal's name; remove the key"),
        ("title =", 'content = "div >"\ntitle =', "is not a CSS selector"),
        ("verified = true", "verified = true\n[expect]\ncandidats = 3", "did you mean `expect.candidates`?"),
        ("title =", "title", "not TOML"),
    ],
)
def test_wrong_declaration_is_told_the_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    path = declare(tmp_path, GOOD.replace(old, new))
    with pytest.raises(PortalError) as caught:
        read_portal(path)
    assert str(path) in str(caught.value)
    for part in told.split(".* "):
        assert part in str(caught.value)


def test_declaration_that_is_no_text_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "qingshui.toml"
    path.write_bytes(GOOD.replace("title =", "title = # 清水").encode("gbk"))
    with pytest.raises(PortalError, match=r"qingshui\.toml: not UTF-8.*save the file in UTF-8"):
        read_portal(path)
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert read_portal(path).name == "qingshui"
    path.unlink()
    path.mkdir()
    with pytest.raises(PortalError, match=r"qingshui\.toml: cannot be read"):
        read_portal(path)


def test_wrong_file_name(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="rename the file"):
        read_portal(declare(tmp_path, GOOD, "Qing-shui"))


def loader(folder: Path) -> PortalLoader:
    return PortalLoader(Settings({"SPIDER_MODULES": ["crawler.spiders"]}), folder)


def test_loader_makes_a_spider_of_each_file(tmp_path: Path) -> None:
    declare(tmp_path, GOOD)
    spider = loader(tmp_path).load("qingshui")
    assert (spider.name, spider.__name__) == ("qingshui", "QingshuiSpider")
    assert "qingshui" in loader(tmp_path).list()
    assert "archive" in loader(tmp_path).list()


def test_unknown_spider_hears_the_nearest_names(tmp_path: Path) -> None:
    declare(tmp_path, GOOD)
    with pytest.raises(UnknownSpider, match="did you mean qingshui") as caught:
        loader(tmp_path).load("qinshui")
    assert isinstance(caught.value, KeyError)


def test_broken_declaration_is_listed_and_stops_only_its_own_crawl(tmp_path: Path) -> None:
    declare(tmp_path, GOOD)
    declare(tmp_path, "famly = 1", "broken")
    assert {"broken", "qingshui"} <= set(loader(tmp_path).list())
    assert loader(tmp_path).load("qingshui").name == "qingshui"
    with pytest.raises(UsageError, match=r"broken\.toml: unknown key `famly`"):
        loader(tmp_path).load("broken")


def test_families_are_named_by_their_key() -> None:
    assert all(name == family.name for name, family in FAMILIES.items())
