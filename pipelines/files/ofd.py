"""An OFD file (GB/T 33190) -> its blocks: the package and its pages; what is drawn on them is read by `ofd_page`."""

from __future__ import annotations

from collections import Counter
from posixpath import dirname, normpath
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipelines.draft import Block
from pipelines.files.fixed_pages import Pages, turn_of
from pipelines.files.limits import MAX_PAGES, CannotRead, open_zip
from pipelines.files.ofd_page import POINT, UPRIGHT, Canvas, Font, Matrix, Resources, named, numbers_of, turned

_A4 = (210.0, 297.0)


def read_ofd(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks, and what is missing from them; raises CannotRead for a scan, an encrypted file, a bomb."""
    with open_zip(body) as archive:
        return _Package(archive).read()


class _Package:
    """The parts of an OFD file by name."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self._drawn = [0]

    def read(self) -> tuple[list[Block], list[str]]:
        root = self._part(self._find("", "OFD.xml"))
        if root is None or named(root, "Encryptions") or named(root, "DocBody", "Encryptions"):
            raise CannotRead("it is broken: OFD.xml is no XML" if root is None else "it is encrypted")
        pages = Pages()
        for location in named(root, "DocBody", "DocRoot"):
            self._add_document(pages, self._find("", location.text))
        return pages.read()

    def _add_document(self, pages: Pages, name: str | None) -> None:
        """Adds the pages of a document in the order that it gives them."""
        document = self._part(name)
        if document is None or name is None:
            return
        resources = Resources()
        for kind in ("PublicRes", "DocumentRes"):
            for location in named(document, "CommonData", kind):
                self._add_resources(resources, self._find(name, location.text))
        templates = {
            template.get("ID"): self._find(name, template.get("BaseLoc"))
            for template in named(document, "CommonData", "TemplatePage")
        }
        common = _size(document, "CommonData", "PageArea") or _A4
        contents = [self._find(name, page.get("BaseLoc")) for page in named(document, "Pages", "Page")]
        used = self._uses(contents[:MAX_PAGES]) if templates else Counter[str]()
        for at in contents[:MAX_PAGES]:
            page = self._part(at)
            if page is None:
                pages.gaps.append(f"a page that is not there: {at or 'without a place'}")
                continue
            own = resources.copy()
            for location in named(page, "PageRes"):
                self._add_resources(own, self._find(at or "", location.text))
            # What a template writes on several pages is their head, foot or ground.
            grounds = [
                (self._part(templates.get(key)), used[key] > 1)
                for template in named(page, "Template")
                if (key := template.get("TemplateID", "")) in templates
            ]
            width, height = _size(page, "Area") or common
            canvas = self._drawn_page(page, own, grounds)
            if turn := turn_of(canvas.chars):
                canvas = self._drawn_page(page, own, grounds, turned(turn, width, height))
                height = height if turn == 180 else width
            pages.add(canvas, height * POINT)
        if len(contents) > MAX_PAGES:
            pages.gaps.append(f"only its first {MAX_PAGES} pages were read")

    def _uses(self, pages: list[str | None]) -> Counter[str]:
        """How many pages each template is on."""
        trees = (tree for at in pages if (tree := self._part(at)) is not None)
        return Counter(template.get("TemplateID", "") for tree in trees for template in named(tree, "Template"))

    def _drawn_page(self, page: Any, resources: Resources, grounds: list[tuple[Any, bool]], turned: Matrix = UPRIGHT) -> Canvas:
        """What is drawn on a page: its grounds, of some the rules only, and its own objects."""
        canvas = Canvas(resources, self._drawn, turned)
        for tree, rules_only in [*grounds, (page, False)]:
            for layer in named(tree, "Content", "Layer") if tree is not None else ():
                canvas.draw(layer, rules_only)
        return canvas

    def _add_resources(self, resources: Resources, name: str | None) -> None:
        root = self._part(name)
        if root is None:
            return
        for font in named(root, "Fonts", "Font"):
            bold = font.get("Bold") == "true" or (font.get("FontName") or "").lower().endswith("bold")
            resources.fonts[font.get("ID")] = Font(font.get("FontName") or "", bold)
        for unit in named(root, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            resources.units[unit.get("ID")] = unit

    def _find(self, base: str, location: str | None) -> str | None:
        """The part at a place: from the root where it begins with a slash, else from the folder of the part that names it, or,
        against the standard, from the root."""
        location = (location or "").strip().replace("\\", "/")
        if not location:
            return None
        tries = [location.lstrip("/")] if location.startswith("/") else [f"{dirname(base)}/{location}", location]
        return next((name for at in tries if (name := self._names.get(normpath(at.lstrip("/")).lower()))), None)

    def _part(self, name: str | None) -> Any:
        """The tree of a part; None where it is not there or no XML."""
        if name is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(self._archive.read(name), parser)
        except etree.XMLSyntaxError:
            return None


def _size(element: Any, *names: str) -> tuple[float, float] | None:
    """The width and height of a page; None where they are not said."""
    boxes = named(element, *names, "PhysicalBox")
    box = numbers_of(boxes[0].text if boxes else None)
    return (box[2], box[3]) if len(box) == 4 else None
