"""Real crawls over loopback HTTP: the saved portals with their own spiders, and sites of a test's own for what can go wrong."""

from __future__ import annotations

import gzip
import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path

import jsonschema
import msgspec
import pytest
from rich.console import Console
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler.cache import Storage, Unpack
from crawler.commands.crawlall import COLUMNS, fitting
from crawler.inputs import documents
from crawler.keeping import NotKept
from crawler.politeness import MAX_ROBOTS, Introduction, Robots
from crawler.portal import PORTALS, portal_files, read_portal
from crawler.saved import Answer, Site, read_sites, serve
from crawler.warc import read_captures
from pipelines import run
from pipelines.model import Capture, Document
from pipelines.store import Store
from pipelines.version import PARSER_VERSION
from tests.crawling import ROOT, Ran, list_of, page, scrapy, start, write_site

SAVED = ROOT / "fixtures" / "portals"
NAMES = list(portal_files())

# The rules of the network side are tried on one portal, with a site of the test's own in its place.
YOUXIAN = read_portal(PORTALS / "youxian.toml")
LIST = YOUXIAN.columns[0].url
HOST = LIST.split("/c")[0]
Records = dict[str, dict[str, object]]
REPORT = "青水县2013年政府信息公开工作年度报告"


def article(number: int, date: str = "20140328") -> str:
    return f"{HOST}/c26829/{date}/i{number}.html"


def crawl(folder: Path, site: Path, *arguments: str) -> Ran:
    with serve(site) as saved:
        ran = scrapy(folder, "crawl", "youxian", "-O", "items.jsonl", "-s", "DOWNLOAD_DELAY=0", *arguments, saved=saved)
        assert saved.site.strays == []
    return ran


def table(out: str) -> dict[str, list[str]]:
    """The rows of the closing table."""
    rows = (line.replace("┃", "│").split("│")[1:-1] for line in out.splitlines() if line[:1] in "│┃")
    return {cells[0].split()[0]: [cell.strip() for cell in cells[1:]] for cells in rows}


# --- the saved portals -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Ran, Path]:
    folder = tmp_path_factory.mktemp("crawl")
    # No proxy for the crawl itself: what the command serves must be all that it needs.
    first = scrapy(folder, "crawlall", "--saved", str(SAVED))
    return first, scrapy(folder, "crawlall", "--saved", str(SAVED)), folder


def test_all_portals_are_crawled_to_their_end(twice: tuple[Ran, Ran, Path]) -> None:
    first = twice[0]
    assert first.code == 0, first.out + first.log
    assert "Traceback" not in first.log
    rows = table(first.out)
    assert set(rows) == {"portal", *NAMES}
    added = rows["portal"].index("added")
    assert all(int(rows[name][added]) > 0 for name in NAMES)
    assert "data/reports.sqlite" in first.out


def test_second_crawl_stores_nothing_and_hears_304(twice: tuple[Ran, Ran, Path]) -> None:
    first, second, _ = twice
    assert second.code == 0, second.out + second.log
    before, after = table(first.out), table(second.out)
    head = after["portal"]
    for name in NAMES:
        now = dict(zip(head, after[name], strict=True))
        assert now["added"] == "0"
        assert int(now["unchanged (304)"]) > 0
        stored = head.index("added") + 1
        assert after[name][stored:] == before[name][stored:]


def test_every_candidate_ended_in_the_store(twice: tuple[Ran, Ran, Path]) -> None:
    with closing(sqlite3.connect(twice[2] / "data" / "reports.sqlite")) as store:
        states = dict(store.execute("select state, count(*) from pages group by state"))
        unfinished = store.execute("select count(*) from runs where finished is null").fetchone()[0]
    assert {"report", "not_a_report", "blocked", "gone"} <= set(states)
    assert unfinished == 0


def test_answers_are_archived_with_their_hints(twice: tuple[Ran, Ran, Path]) -> None:
    archive = twice[2] / "data" / "archive"
    assert list(archive.glob("*.open")) == []
    first = min(archive.glob("youxian-*.warc.gz"))
    captures = [found for _, found in read_captures(first) if isinstance(found, Capture)]
    reports = [capture for capture in captures if capture.hints.anchor]
    assert {capture.hints.division for capture in reports} == {"430223"}
    assert any(capture.hints.listed for capture in reports)
    assert {200, 404, 500} <= {capture.status for capture in captures}  # a page that healed leaves both answers


def test_declarations_trust_as_the_saved_sites_are_read() -> None:
    """The pages' own tests read them without a crawl: both must say the same of the host."""
    for name in NAMES:
        hints = json.loads((SAVED / name / "site.json").read_text(encoding="utf-8"))["hints"]
        assert (hints["portal"], hints["trust"]) == (name, read_portal(portal_files()[name]).trust)


# --- what can go wrong -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """A crawl in which each page goes wrong in its own way; the records by address."""
    folder = tmp_path_factory.mktemp("rough")
    names = {number: f"青水县{2000 + number}年政府信息公开工作年度报告" for number in range(1, 13)}
    rows = {article(number): name for number, name in names.items()}
    rows[f"{HOST}/old/2013.htm"] = REPORT
    rows["http://www.baihe.gov.cn/2013.htm"] = "白河县2013年政府信息公开工作年度报告"
    rows[article(99)] = "国庆放假安排"
    site = write_site(
        folder / "site",
        [
            {"url": f"{HOST}/robots.txt", "text": "User-agent: *\nDisallow: /c26829/20140328/i1.html\n"},
            {"url": LIST, "text": list_of(rows)},
            {"url": article(2), "status": 404, "text": page("找不到")},
            {"url": article(3), "status": 521, "headers": {"set-cookie": "__jsluid_s=1"}, "text": "<script>x</script>"},
            {"url": article(4), "answers": [{"status": 500, "text": "a"}, {"status": 200, "text": page(names[4], "正文")}]},
            {"url": article(5), "status": 500, "text": "broken"},
            {"url": article(6), "status": 302, "headers": {"location": "http://www.moved.example/6.htm"}},
            {"url": "http://www.moved.example/6.htm", "text": page(names[6], "搬家")},
            {"url": "http://www.moved.example/robots.txt", "status": 404, "text": ""},
            {"url": article(7), "status": 302, "headers": {"location": article(7)}},
            {"url": article(8), "text": ""},
            {"url": article(9), "text": page(names[9], '<p>上</p><a href="i9_2.html">2</a><a href="tj.xls">统计表.xls</a>')},
            {"url": article(9).replace("i9", "i9_2"), "text": page(names[9], "<p>下半部分的文字</p>")},
            {"url": article(9).replace("i9.html", "tj.xls"), "text": "\x00xls"},
            {"url": article(10), "text": page(names[10]).encode("gb18030"), "headers": {"content-type": "text/html"}},
            {"url": article(11), "text": f'<meta http-equiv="refresh" content="0;url={article(11)}">'},
            {"url": article(12), "headers": {"content-encoding": "gzip"}, "text": gzip.compress(page(names[12]).encode())},
            {"url": f"{HOST}/old/2013.htm", "status": 301, "headers": {"location": article(13)}},
            {"url": article(13), "text": page(REPORT)},
        ],
    )
    ran = crawl(folder, site, "-s", "GONGKAI_ARCHIVE=archive")
    assert ran.code == 0, ran.log
    assert ran.stat("portal/not_candidates") == 1
    assert ran.stat("portal/reports_elsewhere") == 1
    records = {str(item["url"]): item for item in ran.items}
    assert len(records) == len(ran.items)
    records["archive"] = {"files": list((folder / "archive").glob("*.warc.gz"))}
    return records


@pytest.mark.parametrize(
    ("number", "state", "reason"),
    [
        (1, "blocked", "robots.txt"),
        (2, "gone", "404"),
        (3, "blocked", "521"),
        (5, "unreadable", "500"),
        (7, "unreadable", "redirect"),
        (8, "unreadable", "empty"),
        (11, "unreadable", "redirect"),
    ],
)
def test_every_candidate_ends_with_its_reason(rough: Records, number: int, state: str, reason: str) -> None:
    record = rough[article(number)]
    assert (record["state"], record["source"]) == (state, "youxian")
    assert reason in str(record["reason"]).lower()


def test_page_that_heals_is_read(rough: Records) -> None:
    assert rough[article(4)]["title"] == "青水县2004年政府信息公开工作年度报告"


def test_redirect_is_followed_under_its_new_address(rough: Records) -> None:
    assert article(13) in rough
    assert "http://www.moved.example/6.htm" in rough
    assert rough["http://www.moved.example/6.htm"]["trust"] != "government_host"


def test_encodings_of_text_and_transfer(rough: Records) -> None:
    assert "2010年" in str(rough[article(10)]["title"])
    assert "2012年" in str(rough[article(12)]["title"])


def test_document_has_its_further_pages_and_files(rough: Records) -> None:
    (archive,) = rough["archive"]["files"]  # type: ignore[misc]
    urls = [found.url for _, found in read_captures(archive) if isinstance(found, Capture)]
    assert {article(9), article(9).replace("i9", "i9_2"), article(9).replace("i9.html", "tj.xls")} <= set(urls)
    assert f"{HOST}/robots.txt" in urls


def test_replay_of_the_archive_gives_the_records_of_the_crawl(rough: Records) -> None:
    (archive,) = rough["archive"]["files"]  # type: ignore[misc]
    replayed = {found.lead.url: run(found) for found in documents([str(archive)]) if isinstance(found, Document)}
    # Further pages and files are replayed as pages of their own; a page that leads back to itself is in the archive as a page.
    compared = (set(rough) & set(replayed)) - {article(9), article(11)}
    assert len(compared) >= 7
    for url in compared:
        record = json.loads(msgspec.json.encode(replace(replayed[url], source="youxian")))
        # What was found beside other pages belongs to the store.
        assert {**rough[url], "edition": None} == record


def test_records_follow_the_schema(rough: Records) -> None:
    schema = json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for url, record in rough.items():
        if url != "archive":
            assert list(validator.iter_errors(record)) == []


def test_killed_crawl_is_made_good_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    halfway = threading.Event()
    answer_of = Site.answer

    def answer(site: Site, url: str) -> Answer:
        if len(rows.keys() & site.asked.keys()) == 4:
            halfway.set()
        return answer_of(site, url)

    monkeypatch.setattr(Site, "answer", answer)
    rows = {article(number): REPORT for number in range(1, 9)}
    pages = [{"url": LIST, "text": list_of(rows)}, *({"url": url, "text": page(REPORT, f"<p>{url}</p>")} for url in rows)]
    with serve(write_site(tmp_path / "site", pages)) as saved:
        killed = start(tmp_path, "crawl", "youxian", "-s", "DOWNLOAD_DELAY=0.05", saved=saved)
        assert halfway.wait(timeout=60)
        killed.kill()
        killed.wait()
        again = scrapy(tmp_path, "crawl", "youxian", "-s", "DOWNLOAD_DELAY=0", saved=saved)
    assert again.code == 0, again.log
    with closing(sqlite3.connect(tmp_path / "data" / "reports.sqlite")) as stored:
        assert {url for (url,) in stored.execute("select url from pages")} == set(rows)
    # What the killed crawl had fetched can be read up to its last whole record.
    (broken,) = (tmp_path / "data" / "archive").glob("*.open")
    assert sum(isinstance(found, Capture) for _, found in read_captures(broken)) >= 3


def test_changed_page_replaces_the_cached_one(tmp_path: Path) -> None:
    def site(text: str, status: int = 200) -> Path:
        pages = [{"url": LIST, "text": list_of({article(1): REPORT})}, {"url": article(1), "status": status, "text": text}]
        return write_site(tmp_path / "site", pages)

    first = crawl(tmp_path, site(page(REPORT, "初稿")))
    assert first.stat("portal/unchanged") == 0
    second = crawl(tmp_path, site(page(REPORT, "改正")))
    assert second.stat("portal/unchanged") == 1  # the list
    assert "改正" in str(second.items[0])
    # A stored page must not hide that the portal is broken.
    third = crawl(tmp_path, site("broken", 500), "-s", "RETRY_TIMES=0")
    assert third.items[0]["state"] == "unreadable"


def test_list_is_followed_to_its_end_and_not_for_ever(tmp_path: Path) -> None:
    def numbered(number: int) -> str:
        return LIST.replace(".html", f"_{number}.html")

    pages: list[dict[str, object]] = [
        {"url": LIST, "text": list_of({article(1): "2011年年报"}, f'<a href="{numbered(2)}">下一页</a>')},
        {"url": numbered(2), "text": list_of({article(2): "2012年年报"}, f'<a href="{numbered(3)}">下一页</a>')},
        # Asked beyond its end, the site repeats its last page under the next number.
        {"url": numbered(3), "text": list_of({article(2): "2012年年报"}, f'<a href="{numbered(4)}">下一页</a>')},
        *({"url": article(number), "text": page(f"201{number}年年报")} for number in (1, 2)),
    ]
    ran = crawl(tmp_path, write_site(tmp_path / "site", pages))
    assert (ran.code, ran.stat("portal/lists"), ran.stat("portal/candidates")) == (0, 3, 2)


def test_list_without_an_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(site: Site, url: str) -> Answer:
        site.asked[url] += 1
        number = len(site.asked)
        rows = {article(number): "放假安排"} if "fresh" in url else {}
        more = f'<a href="{number}_{"fresh" if number < 2500 else "gone"}.html">下一页</a>'
        return Answer(200, {"content-type": "text/html"}, list_of(rows, more).encode())

    monkeypatch.setattr(Site, "answer", answer)
    ran = crawl(tmp_path, write_site(tmp_path / "site", [{"url": LIST, "text": ""}]), "-s", "GONGKAI_ARCHIVE=")
    assert ran.code == 1
    assert ran.stat("portal/lists") == 2000
    assert "1 columns that have no end; `columns` in crawler/portals/youxian.toml" in ran.log


def test_calendar_without_articles_is_left(tmp_path: Path) -> None:
    def numbered(number: int) -> str:
        return LIST.replace(".html", f"_{number}.html") if number else LIST

    pages = [{"url": numbered(at), "text": page("日历", f'<a href="{numbered(at + 1)}">下一页</a>')} for at in range(9)]
    ran = crawl(tmp_path, write_site(tmp_path / "site", pages))
    assert (ran.code, ran.stat("portal/lists")) == (1, 3)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            {"text": page("年报", '<b id="wbtreeid"></b>')},
            "it looks like boda; mend `family` or `columns`",
        ),
        ({"text": page("系统维护中")}, "it is of no known system"),
        ({"status": 404, "text": page("找不到")}, "0 candidate pages, 1 expected"),
        ({"status": 521, "text": "<script>x</script>"}, "1 pages of lists that were refused"),
    ],
    ids=["another system", "no system", "gone", "challenge"],
)
def test_broken_portal_is_no_quiet_one(tmp_path: Path, answer: dict[str, object], told: str) -> None:
    ran = crawl(tmp_path, write_site(tmp_path / "site", [{"url": LIST, **answer}]))
    assert ran.code == 1
    assert told in ran.log
    assert "crawler/portals/youxian.toml" in ran.log
    assert [item["url"] for item in ran.items] == [LIST]  # what stood there is kept


def test_crawl_delay_is_obeyed(tmp_path: Path) -> None:
    rows = {article(number): REPORT for number in range(1, 4)}
    pages = [
        {"url": f"{HOST}/robots.txt", "text": "User-agent: *\nCrawl-delay: 0.3\n"},
        {"url": LIST, "text": list_of(rows)},
        *({"url": url, "text": page(REPORT)} for url in rows),
    ]
    ran = crawl(tmp_path, write_site(tmp_path / "site", pages))
    assert "asks for 0.3 s between requests" in ran.log
    assert ran.stat("elapsed_time_seconds") >= 4 * 0.3


def test_overloaded_host_is_asked_more_slowly(tmp_path: Path) -> None:
    pages = [
        {"url": LIST, "text": list_of({article(1): REPORT})},
        {"url": article(1), "answers": [{"status": 503, "headers": {"retry-after": "1"}}, {"text": page(REPORT)}]},
    ]
    ran = crawl(tmp_path, write_site(tmp_path / "site", pages))
    assert "asks for 1 s between requests" in ran.log
    assert ran.items[0]["title"] == REPORT


def test_page_that_breaks_the_reader_of_links_is_kept(tmp_path: Path) -> None:
    pages = [
        {"url": LIST, "text": list_of({article(1): REPORT, article(2): REPORT, f"{article(3)}?{'x' * 3000}": REPORT})},
        {"url": article(1), "text": '{"data":' + "[" * 100_000},
        {"url": article(2), "text": '{"data": {"html": 5}}'},
        {"url": f"{article(3)}?{'x' * 3000}", "text": page(REPORT)},
    ]
    ran = crawl(tmp_path, write_site(tmp_path / "site", pages))
    assert ran.code == 0, ran.log
    assert len(ran.items) == 3


@pytest.mark.parametrize("folder", ["GONGKAI_ARCHIVE", "HTTPCACHE_DIR"])
def test_disk_that_takes_nothing_ends_the_crawl_and_blames_no_page(tmp_path: Path, folder: str) -> None:
    pages = [{"url": LIST, "text": list_of({article(1): REPORT})}, {"url": article(1), "text": page(REPORT)}]
    site = write_site(tmp_path / "site", pages)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    broken = crawl(tmp_path, site, "-s", f"{folder}={blocked}/below")
    assert broken.code == 1
    assert f"{blocked}/below cannot be written" in broken.log
    assert "spider_exceptions" not in broken.log
    assert broken.items == []
    # What was not archived is not in the cache either: the next crawl must not hear 304 for it.
    blocked.unlink()
    again = crawl(tmp_path, site, "-s", f"{folder}={blocked}/below")
    assert again.code == 0, again.log
    assert again.stat("archive/answers") + broken.stat("archive/answers") >= 2
    assert [item["url"] for item in again.items] == [article(1)]


def test_answer_takes_its_place_in_the_cache_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawler = get_crawler(settings_dict={"HTTPCACHE_DIR": str(tmp_path)})
    spider = crawler._create_spider("youxian")
    storage = Storage(crawler.settings)
    storage.open_spider(spider)
    request = Request(article(1))
    old = HtmlResponse(article(1), headers={"ETag": '"1"', "Set-Cookie": ["a=1", "b=2"]}, body="初稿".encode())
    storage.store_response(spider, request, old)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("crawler.files.Path.replace", full)
        with pytest.raises(NotKept, match=f"{tmp_path} cannot be written: No space left on device"):
            storage.store_response(spider, request, old.replace(body=b"new", headers={"ETag": '"2"'}))
    found = storage.retrieve_response(spider, request)
    assert isinstance(found, HtmlResponse)
    assert (found.url, found.status, found.body, found.headers) == (old.url, old.status, old.body, old.headers)
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_unchanged_answer_may_name_an_encoding(tmp_path: Path) -> None:
    """A 304 that repeats `Content-Encoding: gzip` has nothing to unpack."""
    crawler = get_crawler()
    answer = Response(article(1), 304, headers={"Content-Encoding": "gzip"})
    assert Unpack.from_crawler(crawler).process_response(Request(article(1)), answer).status == 304


def test_robots_txt_is_read_as_far_as_one_must() -> None:
    rules = b"User-agent: *\nDisallow: /a\n" + b"#" * MAX_ROBOTS + b"\nDisallow: /b\n"
    robots = Robots.from_crawler(get_crawler(), rules)
    assert (robots.allowed(f"{HOST}/a", "gongkai"), robots.allowed(f"{HOST}/b", "gongkai")) == (False, True)


# --- the store and the command line ----------------------------------------------------------------------------------


def test_locked_store_ends_the_crawl_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {article(number): REPORT for number in range(1, 6)}
    pages = [{"url": LIST, "text": list_of(rows)}, *({"url": url, "text": page(REPORT)} for url in rows)]
    folder = write_site(tmp_path / "site", pages)
    database = tmp_path / "reports.sqlite"
    lock: list[sqlite3.Connection] = []
    with serve(folder) as saved:
        answer_of = Site.answer

        def answer(site: Site, url: str) -> Answer:
            if len(rows.keys() & site.asked.keys()) == 2 and not lock:
                lock.append(sqlite3.connect(database, isolation_level=None, check_same_thread=False))
                lock[0].execute("begin immediate")
            return answer_of(site, url)

        monkeypatch.setattr(Site, "answer", answer)
        store = ("-s", f"GONGKAI_STORE=sqlite:///{database}?timeout=0.1")
        ran = scrapy(tmp_path, "crawl", "youxian", "-s", "DOWNLOAD_DELAY=0.2", *store, saved=saved)
        lock[0].close()  # it stays in the list, so that the second crawl is left alone
        assert ran.code == 1
        assert "another program is writing to it" in ran.log
        assert "store_failed" in ran.log
        again = scrapy(tmp_path, "crawl", "youxian", "-s", "DOWNLOAD_DELAY=0", *store, saved=saved)
    assert again.code == 0, again.log
    with closing(sqlite3.connect(database)) as stored:
        assert stored.execute("select count(*) from pages").fetchone()[0] == len(rows)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("crawl", "youxain"), "did you mean youxian"),
        (("crawlall", "youxain"), "did you mean youxian"),
        (("crawlall", "--saved", "nowhere"), "no site.json"),
        (("crawl", "youxian", "-s", "GONGKAI_STORE=nonsense"), "sqlite:///data/reports.sqlite"),
        (("crawlall", "youxian", "-s", "GONGKAI_STORE=nonsense"), "sqlite:///data/reports.sqlite"),
    ],
)
def test_wrong_usage_is_told_without_a_traceback(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    ran = scrapy(tmp_path, *arguments)
    assert ran.code == 2
    assert told in ran.log
    assert "Traceback" not in ran.log


@pytest.mark.parametrize("command", ["crawl", "crawlall"])
def test_locked_store_is_told_before_a_portal_is_asked(tmp_path: Path, command: str) -> None:
    store = f"GONGKAI_STORE=sqlite:///{tmp_path}/reports.sqlite?timeout=0.1"
    Store.open(store.partition("=")[2]).close()
    with closing(sqlite3.connect(tmp_path / "reports.sqlite", isolation_level=None)) as other:
        other.execute("begin immediate")
        ran = scrapy(tmp_path, command, "youxian", "-s", store)
    assert ran.code == 2
    assert "another program is writing to it" in ran.log
    assert "Traceback" not in ran.log


def test_portal_that_does_not_answer(tmp_path: Path) -> None:
    ran = scrapy(tmp_path, "crawl", "youxian", "-O", "items.jsonl", "-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_DELAY=0")
    assert ran.code == 1
    assert [(item["url"], item["state"]) for item in ran.items] == [(LIST, "unreadable")]
    assert "no answer" in str(ran.items[0]["reason"])


def test_list_names_every_portal(tmp_path: Path) -> None:
    assert set(NAMES) <= set(scrapy(tmp_path, "list").out.split())


def test_contact_stands_in_the_user_agent(tmp_path: Path) -> None:
    ran = scrapy(tmp_path, "settings", "--get", "GONGKAI_CONTACT", GONGKAI_CONTACT="keeper@example.org")
    assert ran.out.strip() == "keeper@example.org"
    settings = Settings({"GONGKAI_CONTACT": ran.out.strip()})
    Introduction().update_settings(settings)
    assert settings["USER_AGENT"] == f"gongkai/{PARSER_VERSION} (+keeper@example.org)"


def test_saved_portals_ask_for_no_more_than_they_hold() -> None:
    assert len(read_sites(SAVED).answers) > 50


def test_closing_table_fits_a_window_of_80_columns() -> None:
    names = [f"{name} {read_portal(PORTALS / f'{name}.toml').title}" for name in NAMES]
    out = StringIO()
    console = Console(width=80, file=out)
    console.print(fitting([(name, *["12"] * len(COLUMNS)) for name in names], console))
    text = out.getvalue()
    assert "…" not in text
    assert all(word in text for words in (*COLUMNS, *NAMES) for word in words.split())
