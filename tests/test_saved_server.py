"""The saved portals over real HTTP: answers, validators, turns, tunnels, strays."""

import json
import ssl
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest

from crawler.saved import Saved, SavedError, read_sites, serve
from tests.crawling import write_site


def ask(saved: Saved, url: str, data: bytes | None = None, **headers: str) -> HTTPResponse | urllib.error.HTTPError:
    proxies = {"http": saved.environment["http_proxy"], "https": saved.environment["https_proxy"]}
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies), urllib.request.HTTPSHandler(context=context))
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        answer: HTTPResponse = opener.open(urllib.request.Request(url, data, sent), timeout=10)
    except urllib.error.HTTPError as error:
        return error
    return answer


def status(saved: Saved, url: str, data: bytes | None = None, **headers: str) -> int:
    with ask(saved, url, data, **headers) as answer:
        return answer.status or 0


SITE = [
    {"url": "http://www.qingshui.gov.cn/年报.htm?b=2&a=1", "text": "年报"},
    {"url": "https://www.qingshui.gov.cn/nb.htm", "text": "tls", "headers": {"Content-Type": "text/html; charset=gbk"}},
    {"url": "http://www.qingshui.gov.cn/old", "status": 301, "headers": {"location": "http://www.qingshui.gov.cn/turns"}},
    {"url": "http://www.qingshui.gov.cn/turns", "answers": [{"status": 500, "text": "a"}, {"status": 200, "text": "b"}]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_site(tmp_path / "portals" / "qingshui", SITE).parent


def test_page_by_any_spelling_of_its_address(folder: Path) -> None:
    with serve(folder) as saved:
        with ask(saved, "http://www.qingshui.gov.cn/%E5%B9%B4%E6%8A%A5.htm?a=1&b=2") as answer:
            assert answer.read().decode() == "年报"
            assert answer.headers["content-type"] == "text/html"
        assert saved.site.strays == []


def test_unchanged_page(folder: Path) -> None:
    with serve(folder) as saved:
        url = "https://www.qingshui.gov.cn/nb.htm"
        with ask(saved, url) as answer:
            tag, date = answer.headers["etag"], answer.headers["last-modified"]
            assert answer.headers["content-type"] == "text/html; charset=gbk"
        assert status(saved, url, If_None_Match=tag) == 304
        assert status(saved, url, If_None_Match='"other"', If_Modified_Since=date) == 200
        assert status(saved, url, If_Modified_Since=date) == 304


def test_answers_come_in_turn_and_the_last_stays(folder: Path) -> None:
    with serve(folder) as saved:
        assert [status(saved, "http://www.qingshui.gov.cn/turns") for _ in range(3)] == [500, 200, 200]


def test_redirect_leads_on(folder: Path) -> None:
    with serve(folder) as saved, ask(saved, "http://www.qingshui.gov.cn/old") as answer:
        assert answer.geturl() == "http://www.qingshui.gov.cn/turns"


def test_what_is_not_saved_is_a_stray(folder: Path) -> None:
    with serve(folder) as saved:
        assert status(saved, "http://www.qingshui.gov.cn/robots.txt") == 404
        assert status(saved, "http://www.baihe.gov.cn/", b"form=1") == 404
        assert saved.site.strays == ["http://www.baihe.gov.cn/"]


def test_each_scheme_is_its_own_page(folder: Path) -> None:
    with serve(folder) as saved:
        assert status(saved, "http://www.qingshui.gov.cn/nb.htm") == 404


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "JSONDecodeError"),
        ('{"page": []}', "KeyError"),
        ('{"pages": [{"status": 404}]}', "KeyError"),
        ('{"pages": [{"url": "http://a.cn/", "file": "none.html"}]}', "none.html"),
    ],
)
def test_broken_site_names_its_file(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "site.json").write_text(text, encoding="utf-8")
    with pytest.raises(SavedError, match=r"site\.json") as caught:
        read_sites(tmp_path)
    assert told in str(caught.value)


def test_folder_without_a_site(tmp_path: Path) -> None:
    with pytest.raises(SavedError, match=r"no site\.json"):
        read_sites(tmp_path)


def test_saved_portals_of_the_repository_can_be_served() -> None:
    folder = Path(__file__).parent.parent / "fixtures" / "portals"
    site = read_sites(folder)
    for path in folder.glob("*/site.json"):
        for page in json.loads(path.read_text(encoding="utf-8"))["pages"]:
            assert site.answer(page["url"]).headers.get("content-type") or "location" in site.answer(page["url"]).headers
