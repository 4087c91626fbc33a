"""Saved portals behind a loopback proxy: the real spiders meet them under their real host names, by http and https.

A saved portal is a folder with `site.json`: `{"pages": [{"url", "file", "status", "headers"}, …]}`, where a page may have
`answers` instead: a list of the same, given in turn, the last one again and again. Whatever is not saved is answered 404 and
kept in `strays`, so that a test can see that a crawl asked for nothing else.
"""

from __future__ import annotations

import hashlib
import json
import logging
import mimetypes
import ssl
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from w3lib.url import canonicalize_url

logger = logging.getLogger(__name__)

LAST_MODIFIED = "Mon, 05 Jan 2026 08:00:00 GMT"
"""One date for every saved file: that of a file would be the day of the checkout."""


class SavedError(ValueError):
    """A saved portal that cannot be served: names the file and what is wrong in it."""


@dataclass(slots=True)
class Answer:
    """One answer of a saved page."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Site:
    """The saved pages by canonical address, and what was asked of them."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    strays: list[str] = field(default_factory=list)
    """Addresses asked for that no page is saved for; robots.txt, which every crawl asks for, is not among them."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hosts(self) -> list[str]:
        return sorted({urlsplit(url).hostname or "" for url in self.answers})

    def answer(self, url: str) -> Answer:
        """The next answer of an address."""
        key = canonicalize_url(url)
        with self.lock:
            turn = self.asked[key]
            self.asked[key] += 1
            saved = self.answers.get(key)
            if saved:
                return saved[min(turn, len(saved) - 1)]
            if urlsplit(url).path != "/robots.txt":
                self.strays.append(url)
                logger.warning("not saved: %s", url)
        return Answer(404, {"content-type": "text/plain; charset=utf-8"}, f"not saved: {url}\n".encode())


def read_sites(folder: Path) -> Site:
    """The saved portals of a folder: its own site.json, or those of the folders in it. Raises SavedError."""
    files = sorted({*folder.glob("site.json"), *folder.glob("*/site.json")})
    if not files:
        raise SavedError(f"{folder}: no site.json here or in the folders below; is this the folder of the saved portals?")
    site = Site()
    for file in files:
        try:
            pages = json.loads(file.read_text(encoding="utf-8"))["pages"]
            for page in pages:
                saved = [_answer(file, answer) for answer in page.get("answers") or [page]]
                site.answers[canonicalize_url(page["url"])] = saved
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise SavedError(f"{file}: {type(error).__name__}: {error}") from None
    return site


def _answer(site_file: Path, saved: dict[str, Any]) -> Answer:
    headers = {name.lower(): str(value) for name, value in saved.get("headers", {}).items()}
    status = int(saved.get("status", 200))
    if "file" not in saved:
        return Answer(status, headers)
    path = site_file.parent / saved["file"]
    body = path.read_bytes()
    headers.setdefault("content-type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    if status == 200:
        headers.setdefault("etag", f'"{hashlib.sha256(body).hexdigest()[:16]}"')
        headers.setdefault("last-modified", LAST_MODIFIED)
    return Answer(status, headers, body)


class _Handler(BaseHTTPRequestHandler):
    """Answers requests with an absolute address, and what comes through a tunnel, whose TLS ends here."""

    protocol_version = "HTTP/1.1"
    server: _Server
    origin = ""
    """Scheme and host of the tunnel; empty for requests that name them."""

    def do_CONNECT(self) -> None:
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False
        self.origin = "https://" + self.path.removesuffix(":443")

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        answer = self.server.site.answer(self.origin + self.path)
        if answer.status == 200 and self._is_unchanged(answer.headers):
            answer = Answer(304, {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers})
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_HEAD = do_POST = do_GET

    def _is_unchanged(self, headers: dict[str, str]) -> bool:
        match = self.headers.get("if-none-match")
        if match is not None:
            return match == headers.get("etag")
        since = self.headers.get("if-modified-since")
        return since is not None and since == headers.get("last-modified")

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.tls = _tls(site.hosts)

    def handle_error(self, request: Any, client_address: Any) -> None:
        logger.debug("connection from %s broke", client_address, exc_info=True)


def _tls(hosts: list[str]) -> ssl.SSLContext:
    """A context with a certificate for the saved hosts, made now and signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gongkai saved portals")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(pem)
        file.flush()
        context.load_cert_chain(file.name)
    return context


@dataclass(frozen=True, slots=True)
class Saved:
    """Running saved portals."""

    site: Site
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """Variables that send a program's requests here, as HttpProxyMiddleware and others read them."""
        proxy = f"http://127.0.0.1:{self.port}"
        return {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}


@contextmanager
def serve(folder: Path) -> Iterator[Saved]:
    """Serves the saved portals of a folder on a free port of the loopback until the block ends."""
    server = _Server(read_sites(folder))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="saved portals", daemon=True)
    thread.start()
    try:
        yield Saved(server.site, server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
