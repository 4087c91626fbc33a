"""The declaration of a portal: what `portals/<name>.toml` says, read strictly.

A portal is data: its hosts, the pages to start from, its publishing system, and what a maintainer knows of it (as comments
and notes). How a publishing system links is code, in `families/`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, get_args
from urllib.parse import urlsplit

import msgspec
import turbohtml

from crawler.families import FAMILIES
from pipelines.model import Trust

PORTALS = Path(__file__).parent / "portals"

NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of reports to start from."""

    url: NonEmpty
    verified: bool
    """True when the address was seen in use; false when it follows from the system's habit and a person must look."""
    note: str = ""


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a whole crawl must find, or the portal counts as broken."""

    candidates: Annotated[int, msgspec.Meta(ge=0)] = 1
    """Pages whose link or title may be a report's."""


class Portal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One site that publishes reports. The name of the file is the name of the portal and of its spider."""

    title: NonEmpty
    division: Annotated[str, msgspec.Meta(pattern=r"^\d{6}$")] | None = None
    """Code of the division whose site it is, or whose reports it re-posts; left out for a site of the whole country."""
    trust: Trust
    family: NonEmpty
    hosts: Annotated[tuple[NonEmpty, ...], msgspec.Meta(min_length=1)]
    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1)]
    elsewhere: bool = False
    """Reports on other hosts that its lists link to are fetched, too. They get neither its trust nor its division."""
    content: NonEmpty | None = None
    """CSS selector of the element that holds the article, where the publishing system's own mark is not enough."""
    expect: Expect = Expect()
    name: str = ""
    """The file's name without its suffix; not a key of the file."""


_MENDS = {
    "trust": f"write one of {', '.join(get_args(Trust))}",
    "division": 'write six digits in quotes: division = "430223"',
    "hosts": 'write hosts = ["www.example.gov.cn"]',
    "columns": "write [[columns]] above the keys of each",
}
"""How a key is written, by its first part; the other keys are told by their type alone."""


class PortalError(ValueError):
    """A declaration that cannot be used: names the file, the key and the mend."""


def portal_files(folder: Path = PORTALS) -> dict[str, Path]:
    """The declarations by portal name, in order."""
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def declared_in(portal: Portal) -> str:
    """The file that a maintainer opens to mend a portal."""
    return f"crawler/{PORTALS.name}/{portal.name}.toml"


def read_portal(path: Path) -> Portal:
    """The portal that a file declares. Raises PortalError."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", path.stem):
        raise PortalError(f"{path}: the name of a portal is small letters, digits and _; rename the file")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PortalError(f"{path}: not UTF-8: {error}; save the file in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise PortalError(f"{path}: not TOML: {error}") from None
    except OSError as error:
        raise PortalError(f"{path}: cannot be read: {error.strerror}") from None
    _check_keys(data, path)
    try:
        portal = msgspec.convert({**data, "name": path.stem}, Portal)
    except msgspec.ValidationError as error:
        raise PortalError(f"{path}: {_in_toml_words(str(error))}") from None
    _check_values(portal, path)
    return portal


def _check_keys(data: dict[str, Any], path: Path) -> None:
    keys = [field for field in Portal.__struct_fields__ if field != "name"]
    tables: list[tuple[str, object, list[str]]] = [("", data, keys)]
    columns = data.get("columns")
    if isinstance(columns, list):
        tables += [(f"columns[{at}].", column, list(Column.__struct_fields__)) for at, column in enumerate(columns)]
    tables.append(("expect.", data.get("expect"), list(Expect.__struct_fields__)))
    for prefix, table, known in tables:
        for key in table if isinstance(table, dict) else ():
            if key == "name" and not prefix:
                raise PortalError(f"{path}: key `name`: the file's name is the portal's name; remove the key")
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
                mend = f"did you mean `{prefix}{near[0]}`?" if near else f"the keys here are {', '.join(known)}"
                if prefix and key in keys:
                    mend = f"`{key}` is a key of the portal: it stands above the first [table]"
                raise PortalError(f"{path}: unknown key `{prefix}{key}`; {mend}")


def _in_toml_words(message: str) -> str:
    """msgspec's message with the place as a TOML key: Expected `bool`, got `str` - at `$.columns[0].verified`."""
    message, _, place = message.partition(" - at `$.")
    message = message.replace("Object missing required field", "missing key")
    if not place:
        return message
    place = place.rstrip("`")
    mend = _MENDS.get(place)
    return f"key `{place}`: {message}; {mend}" if mend else f"key `{place}`: {message}"


def _check_values(portal: Portal, path: Path) -> None:
    if portal.family not in FAMILIES:
        near = difflib.get_close_matches(portal.family, FAMILIES, n=1, cutoff=0.4)
        mend = f"did you mean `{near[0]}`?" if near else f"the families are {', '.join(FAMILIES)}"
        raise PortalError(f"{path}: key `family`: no family `{portal.family}`; {mend}")
    for at, host in enumerate(portal.hosts):
        name = _hostname(host if "//" in host else f"//{host}")
        if name != host:
            mend = f"write `{name}`" if name else "write www.example.gov.cn"
            raise PortalError(f"{path}: key `hosts[{at}]`: `{host}` is not the bare name of a host in small letters; {mend}")
    for at, column in enumerate(portal.columns):
        try:
            parts = urlsplit(column.url)
            _ = parts.port
        except ValueError as error:
            raise PortalError(f"{path}: key `columns[{at}].url`: `{column.url}` is not an address: {error}") from None
        if parts.scheme not in ("http", "https"):
            raise PortalError(f"{path}: key `columns[{at}].url`: `{column.url}` does not begin with http:// or https://")
        if parts.hostname not in portal.hosts:
            raise PortalError(
                f"{path}: key `columns[{at}].url`: host {parts.hostname} is not in `hosts`; add it there if it is the portal's"
            )
    if portal.content is not None:
        try:
            turbohtml.parse("").select(portal.content)
        except turbohtml.SelectorSyntaxError:
            message = f"`{portal.content}` is not a CSS selector; write one that names an element, such as div.content"
            raise PortalError(f"{path}: key `content`: {message}") from None


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
