"""The store keeps every page once, loses nothing, and says clearly why it cannot be used."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from pipelines import STORING, store_report
from pipelines.draft import Draft
from pipelines.store import Store, StoreError
from pipelines.stored.schema import metadata
from tests.storing import BAIHE, QINGSHUI, cell, draft_of, text_of

ROOT = Path(__file__).parents[1]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/reports.sqlite"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store.open(url)
    yield store
    store.close()


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store._engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that is stored, under addresses in place of row numbers, which depend on the order of storing."""
    named = """
        select p.url, e.version, e.content, e.first_seen, e.last_seen, e.current, e.leads, e.kind, e.of, e.twin, e.record,
               r.body, r.year
        from editions e join pages p on p.id = e.page left join reports r on r.id = e.report order by 1, 2"""
    found = """
        select p.url, e.version, i.scope, i.position, i.code, i.message, i.sides
        from issues i join editions e on e.id = i.edition join pages p on p.id = e.page order by 1, 2, 3, 4"""
    return {
        "bodies": rows(store, "select * from bodies order by id"),
        "reports": rows(store, "select body, year from reports order by 1, 2"),
        "pages": rows(
            store,
            "select url, portal, first_seen, last_seen, status, state, reason, page_kind, title, content from pages order by 1",
        ),
        "editions": rows(store, named),
        "issues": rows(store, found),
        "figures": rows(store, "select body, year, position, metric, value, words from figures order by 1, 2, 3"),
    }


def store_all(drafts: list[Draft], store: Store) -> None:
    for draft in drafts:
        store_report(draft, store)


# --- what is kept -------------------------------------------------------------------------------------------------------


def site() -> list[Callable[[], Draft]]:
    """Pages of every kind, as functions, since storing adds to a draft."""
    host = "http://www.qingshui.gov.cn/"
    carried = [cell("applications", "carried_out", "total", 3)], [cell("applications", "carried_in", "total", 4)]
    return [
        lambda: draft_of(figures=carried[1]),
        lambda: draft_of(text_of(n=3200), url=host + "2020-2.html", published="2021-03-03", figures=carried[1]),
        lambda: draft_of(text_of(n=3300), url=host + "2020-2.html", published="2021-03-03", fetched_at="2023-07-01T00:00:00Z"),
        lambda: draft_of(
            text_of(year=2019, n=2950, m=9), url=host + "2019.html", year=2019, published="2020-03-03", figures=carried[0]
        ),
        lambda: draft_of(text_of(keep=9), url="http://repost.example/1", trust="other_host", portal="repost"),
        lambda: draft_of(text_of(n=3128), url="http://www.baihe.gov.cn/1", body=BAIHE, portal="baihe"),
        lambda: draft_of("与别的报告没有任何相同之处的一句话。" * 2, url=host + "stray.html", published="2021-05-05"),
        lambda: draft_of(url=host + "who.html", body=None),
        lambda: draft_of("关于编制报告的通知", url=host + "notice.html", state="not_a_report"),
        lambda: draft_of("", url=host + "gone.html", state="gone", status=404),
        lambda: draft_of("", url=host + "wall.html", state="blocked", status=521),
    ]


def contents_after(drafts: list[Draft]) -> dict[str, list[tuple[Any, ...]]]:
    store = Store.open("sqlite://")
    store_all(drafts, store)
    assert rows(store, "pragma foreign_key_check") == []
    assert rows(store, "select count(*) from reports") == rows(store, "select count(*) from editions where leads")
    found = contents(store)
    store.close()
    return found


@pytest.fixture(scope="module")
def in_order() -> dict[str, list[tuple[Any, ...]]]:
    return contents_after([page() for page in site()])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(len(site()))), st.lists(st.integers(0, len(site()) - 1), max_size=4))
def test_the_order_of_storing_leaves_no_trace(
    in_order: dict[str, list[tuple[Any, ...]]], order: list[int], again: list[int]
) -> None:
    pages = site()
    assert contents_after([pages[number]() for number in (*order, *again)]) == in_order


TEXTS = (
    text_of(),
    text_of(keep=9),
    text_of(n=3200),
    text_of(n=3200).replace("形式比较单一", "形式还不够丰富多样"),
    text_of(year=2019),
    "与别的报告没有任何相同之处的一句话。另外还有很长而没有关系的一句话。",
    "附件",
)
CAPTURES = st.fixed_dictionaries(
    {
        "text": st.sampled_from(TEXTS),
        "url": st.sampled_from(["http://a.gov.cn/1", "http://a.gov.cn/2", "http://b.gov.cn/1", "http://c.example/1"]),
        "body": st.sampled_from([QINGSHUI, BAIHE, None]),
        "year": st.sampled_from([2020, 2019, None]),
        "trust": st.sampled_from(["official_body", "official_parent", "other_host", "untrusted_copy"]),
        "published": st.sampled_from(["2021-01-01", "2021-02-01", None]),
        "title": st.sampled_from(["报告", "报告（更正）"]),
        "state": st.sampled_from(["report", "report", "report", "gone", "not_a_report", "needs_review"]),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CAPTURES, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_any_captures_in_any_order_give_the_same_store(captures: list[dict[str, Any]], source: random.Random) -> None:
    """Pages change their words, body or year from visit to visit; later visits are stored first, or twice."""

    def draft(visit: int) -> Draft:
        return draft_of(fetched_at=f"2023-05-{visit + 1:02d}T00:00:00Z", bytes_=b"visit %d" % visit, **captures[visit])

    visits = list(range(len(captures)))
    shuffled = source.sample(visits, len(visits))
    assert contents_after([draft(visit) for visit in visits]) == contents_after(
        [draft(visit) for visit in (*shuffled, *shuffled[:2])]
    )


def test_a_page_that_no_longer_claims_a_report_is_not_set_aside(store: Store) -> None:
    url, other = "http://c.example/1", TEXTS[5]
    store_all([draft_of(), draft_of(other, url=url, published="2021-03-01", bytes_=b"first")], store)
    state = f"select state, reason from pages where url = '{url}'"
    assert rows(store, state)[0][0] == "needs_review"
    store_all([draft_of(other, url=url, year=None, bytes_=b"later", fetched_at="2023-06-01T00:00:00Z")], store)
    assert rows(store, state) == [("report", None)]


def test_an_older_visit_gives_no_twin_to_a_page_that_now_claims_no_report() -> None:
    url = "http://c.example/1"
    visits = [
        draft_of(text_of(keep=9), url=url, body=BAIHE, year=2019, bytes_=b"0", fetched_at="2023-05-01T00:00:00Z"),
        draft_of(text_of(), url=url, year=2019, bytes_=b"1", fetched_at="2023-05-02T00:00:00Z"),
        draft_of(text_of(), url=url, body=None, year=2019, bytes_=b"2", fetched_at="2023-05-03T00:00:00Z"),
    ]
    assert contents_after([visits[2], visits[0], visits[1]]) == contents_after(visits)


def test_storing_twice_stores_once(store: Store) -> None:
    store_all([page() for page in site()], store)
    before = contents(store)
    store_all([page() for page in site()], store)
    assert contents(store) == before


def test_every_page_keeps_its_state(store: Store) -> None:
    store_all([page() for page in site()], store)
    counts = {str(portal.portal): portal for portal in store.portal_counts()}
    assert set(counts) == {"baihe", "qingshui", "repost"}
    qingshui = asdict(counts["qingshui"])
    assert qingshui == {
        "portal": "qingshui",
        "pages": 8,
        "reports": 2,
        "corrections": 1,
        "copies": 0,
        "unidentified": 1,
        "not_a_report": 1,
        "needs_review": 1,
        "blocked": 1,
        "gone": 1,
        "unreadable": 0,
    }
    assert counts["repost"].copies == 1


def test_another_visit_moves_only_the_time(store: Store) -> None:
    store_report(draft_of(), store)
    store_report(draft_of(fetched_at="2024-05-01T10:00:00+08:00", bytes_=b"new token"), store)
    times = "select first_seen, last_seen, last_changed from {}"
    expected = ("2023-05-01T02:00:00+00:00", "2024-05-01T02:00:00+00:00", "2023-05-01T02:00:00+00:00")
    assert rows(store, times.format("pages")) == [expected]
    assert rows(store, "select first_seen, last_seen from editions") == [expected[:2]]


def test_a_page_that_is_gone_leaves_its_report(store: Store) -> None:
    store_report(draft_of(), store)
    store_report(draft_of("", state="gone", status=404, fetched_at="2024-05-01T10:00:00+08:00"), store)
    assert rows(store, "select status, state, last_changed from pages") == [(404, "gone", "2024-05-01T02:00:00+00:00")]
    assert [report.text for report in store.reports()] == [text_of()]


def test_a_page_that_shows_the_next_year_s_report_leaves_the_one_before(store: Store) -> None:
    store_report(draft_of(), store)
    later = draft_of(text_of(year=2021, n=5), year=2021, published="2022-01-20", fetched_at="2024-05-01T10:00:00+08:00")
    store_report(later, store)
    assert [(report.report_year, report.url) for report in store.reports()] == [
        (2020, "http://www.qingshui.gov.cn/xxgk/2020.html"),
        (2021, "http://www.qingshui.gov.cn/xxgk/2020.html"),
    ]


def test_a_newer_parser_replaces_its_reading_of_the_same_bytes(store: Store) -> None:
    store_report(draft_of(bytes_=b"page", year=2019), store)
    store_report(draft_of(text_of(keep=11), bytes_=b"page"), store)
    assert [(report.report_year, report.text) for report in store.reports()] == [(2020, text_of(keep=11))]
    assert rows(store, "select count(*) from editions") == [(1,)]
    store_report(draft_of("", bytes_=b"page", state="not_a_report"), store)
    assert list(store.reports()) == []
    assert rows(store, "select count(*) from editions") == rows(store, "select count(*) from reports") == [(0,)]


def test_figures_are_those_of_the_main_edition(store: Store) -> None:
    store_report(draft_of(text_of(n=1), figures=[cell("applications", "received_new", "total", 5)]), store)
    later = [
        cell("applications", "received_new", "total", 6),
        cell("proactive_art20_8", "administrative_fees", "amount_collected", 8.25),
    ]
    store_report(draft_of(text_of(n=2), url="http://www.qingshui.gov.cn/2", published="2021-04-01", figures=later), store)
    assert rows(store, 'select body, year, metric, "row", "column", value, words from figures order by position') == [
        ("990101-government-青水县人民政府", 2020, "applications", "received_new", "total", 6, "6"),
        (
            "990101-government-青水县人民政府",
            2020,
            "proactive_art20_8",
            "administrative_fees",
            "amount_collected",
            8.25,
            "8.25",
        ),
    ]


def test_a_blank_cell_is_stored_as_nothing(store: Store) -> None:
    store_report(draft_of(figures=[cell("applications", "received_new", "total", None)]), store)
    assert rows(store, "select value, stated from figures") == [(None, "blank")]


def test_a_record_comes_back_as_it_was(store: Store) -> None:
    draft = draft_of(figures=[cell("applications", "received_new", "total", 5)])
    draft.add_issue("gap", "note", "“第四部分”没有。")
    store_report(draft, store)
    assert list(store.reports()) == [draft.report]


def test_a_crawl_is_noted_when_it_begins_and_when_it_ends(store: Store) -> None:
    with store.transaction() as books:
        run = books.start_run("qingshui", "2023-05-01T10:00:00+08:00")
    assert rows(store, "select finished from runs") == [(None,)]
    with store.transaction() as books:
        books.finish_run(run, "2023-05-01T10:05:00+08:00", {"report": 3, "gone": 1})
    assert rows(store, "select portal, started, finished, counts from runs") == [
        ("qingshui", "2023-05-01T02:00:00+00:00", "2023-05-01T02:05:00+00:00", '{"gone":1,"report":3}')
    ]


def test_a_page_without_an_address_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without URL and source"):
        store_report(draft_of(url=None), store)
    assert rows(store, "select count(*) from pages") == [(0,)]


# --- failures -----------------------------------------------------------------------------------------------------------


def test_an_error_undoes_the_page_and_nothing_else(store: Store) -> None:
    store_report(draft_of(), store)
    before = contents(store)
    draft = draft_of(text_of(n=9), url="http://www.qingshui.gov.cn/2")

    def interrupted() -> None:
        with store.transaction() as books:
            for stage in STORING:
                stage(draft, books)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        interrupted()
    assert contents(store) == before


def test_killed_in_the_middle_of_a_page_nothing_is_lost_or_doubled(url: str, tmp_path: Path) -> None:
    program = """
        import os, signal, sys
        from pipelines import STORING, store_report
        from pipelines.store import Store
        from tests.test_store import site

        store = Store.open(sys.argv[1])
        pages = site()
        for page in pages[:2]:
            store_report(page(), store)
        with store.transaction() as books:
            draft = pages[2]()
            for stage in STORING:
                stage(draft, books)
            os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program), url], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    store = Store.open(url)
    assert len(rows(store, "select * from editions")) == 2
    assert rows(store, "pragma integrity_check") == [("ok",)]
    store_all([page() for page in site()], store)
    whole = Store.open(f"sqlite:///{tmp_path}/whole.sqlite")
    store_all([page() for page in site()], whole)
    assert contents(store) == contents(whole)
    store.close()
    whole.close()


def test_a_locked_database_is_named(url: str, store: Store, tmp_path: Path) -> None:
    store_report(draft_of(), store)
    with sqlite3.connect(tmp_path / "data/reports.sqlite", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        hurried = Store.open(f"{url}?timeout=0.05")
        with pytest.raises(StoreError, match=r"reports\.sqlite.* another program is writing to it; wait"):
            store_report(draft_of(text_of(n=9), url="http://www.qingshui.gov.cn/2"), hurried)
        assert len(list(hurried.reports())) == 1
        hurried.close()
        other.execute("ROLLBACK")
    other.close()


def test_a_full_disk_is_named_and_harms_no_stored_row(url: str) -> None:
    def small(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute("PRAGMA max_page_count = 60")

    event.listen(Engine, "connect", small)
    store = Store.open(url)
    stored = []

    def fill() -> None:
        for number in range(200):
            store_report(draft_of(url=f"http://www.qingshui.gov.cn/{number}", body=None), store)
            stored.append(number)

    try:
        with pytest.raises(StoreError, match="the disk is full; free some space"):
            fill()
    finally:
        event.remove(Engine, "connect", small)
    assert stored
    assert len(rows(store, "select * from pages")) == len(rows(store, "select * from editions")) == len(stored)
    assert rows(store, "pragma integrity_check") == [("ok",)]
    store.close()


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be taken for one. " * 30)
    with pytest.raises(StoreError, match=r"notes\.txt cannot be used: it is not a SQLite database; name another file"):
        Store.open(f"sqlite:///{path}")
    assert path.read_text().startswith("not a database")


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("create table pictures (id integer)")
    other.close()
    with pytest.raises(StoreError, match="holds the tables of another program"):
        Store.open(f"sqlite:///{tmp_path}/other.sqlite")


def test_another_version_of_the_tables_is_named(url: str, store: Store) -> None:
    with store._writer.begin() as connection:
        connection.execute(text("update store set version = 7"))
    with pytest.raises(StoreError, match=r"tables of version 7, this program those of version 1; name a new database"):
        Store.open(url)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it cannot be opened; check that the path is a file"):
        Store.open(f"sqlite:///{tmp_path}")


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match=r"cannot be made: .*; name a file in a folder"):
        Store.open(f"sqlite:///{tmp_path}/data/reports.sqlite")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_named(url: str, store: Store, tmp_path: Path) -> None:
    store.close()
    (tmp_path / "data/reports.sqlite").chmod(0o400)
    with pytest.raises(StoreError, match="it may not be written"):
        store_report(draft_of(), Store.open(url))


@pytest.mark.parametrize("wrong", ["data/reports.sqlite", "nosuch:///x", "postgresql+nosuchdriver://host/x"])
def test_a_wrong_url_is_answered_with_a_right_one(wrong: str) -> None:
    with pytest.raises(StoreError, match=r"write for example sqlite:///data/reports\.sqlite"):
        Store.open(wrong)


# --- walls --------------------------------------------------------------------------------------------------------------


def test_the_tables_are_those_of_any_database() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        assert all(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)


def test_importing_pipelines_does_not_import_sqlalchemy() -> None:
    program = "import sys, pipelines; sys.exit('sqlalchemy' in sys.modules or 'sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
