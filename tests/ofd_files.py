"""OFD files as the tests need them: of objects that a test writes, or the pages of a PDF in the words of OFD."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

import pdfplumber

MILLIMETRE = 25.4 / 72
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    *pages: str,
    common: str = "",
    page_attributes: Sequence[str] = (),
    templates: Sequence[str] = (),
    entry: str = "",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """An OFD file of pages that hold these objects; `page_attributes` stand before the content of each."""
    attributes = [*page_attributes, *[""] * (len(pages) - len(page_attributes))]
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    common += "".join(f'<ofd:TemplatePage ID="{900 + at}" BaseLoc="Tpls/{at}.xml"/>' for at in range(len(templates)))
    body = f"<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{entry}</ofd:DocBody>"
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}>{body}</ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
        "Doc_0/PublicRes.xml": (
            f'<ofd:Res {SPACE}><ofd:Fonts><ofd:Font ID="1" FontName="仿宋_GB2312"/><ofd:Font ID="2" FontName="黑体"/>'
            f"</ofd:Fonts></ofd:Res>"
        ),
    }
    for at, (objects, before) in enumerate(zip(pages, attributes, strict=True)):
        files[f"Doc_0/Pages/Page_{at}/Content.xml"] = page(objects, before)
    for at, objects in enumerate(templates):
        files[f"Doc_0/Tpls/{at}.xml"] = page(objects)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files | (more or {})).items():
            archive.writestr(name, content)
    return out.getvalue()


def page(objects: str, before: str = "") -> str:
    layer = f'<ofd:Content><ofd:Layer ID="7" Type="Body">{objects}</ofd:Layer></ofd:Content>'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {SPACE}>{before}{layer}</ofd:Page>'


def words(text: str, x: float, y: float, size: float = 5.0, attributes: str = "", code: str | None = None) -> str:
    """A line of text whose upper left corner stands at a place, in millimetres; each character is as wide as `size`."""
    box = f"{x} {y} {size * len(text)} {size}"
    steps = f'X="0" Y="{size * 0.86}" DeltaX="g {len(text) - 1} {size}"' if code is None else code
    inside = f"<ofd:TextCode {steps}>{escape(text)}</ofd:TextCode>"
    return f'<ofd:TextObject ID="3" Boundary="{box}" Font="1" Size="{size}" {attributes}>{inside}</ofd:TextObject>'


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line from place to place."""
    box = f"{x0} {y0} {x1 - x0 or 0.2} {y1 - y0 or 0.2}"
    data = f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="4" Boundary="{box}" LineWidth="0.2">{data}</ofd:PathObject>'


def of_pdf(body: bytes) -> bytes:
    """The pages of a PDF as an OFD file: a text object for each line of a font, the steps between its characters packed."""
    pages: list[str] = []
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        for drawn in pdf.pages:
            objects = [
                rule(*(edge[key] * MILLIMETRE for key in ("x0", "top", "x1", "bottom"))) for edge in drawn.edges if edge["x1"]
            ]
            for (top, font), line in groupby(drawn.chars, key=lambda char: (char["top"], char["fontname"])):
                chars = list(line)
                xs = [char["x0"] * MILLIMETRE for char in chars]
                size = chars[0]["size"] * MILLIMETRE
                steps = [f"{after - before:.4f}" for before, after in pairwise(xs)]
                packed = " ".join(
                    f"g {len(run)} {step}" if len(run) > 2 else " ".join(run)
                    for step, same in groupby(steps)
                    if (run := list(same))
                )
                weight = 'Weight="700"' if "Bold" in font else ""
                code = f'X="0" Y="{size * 0.86:.4f}" DeltaX="{packed}"'
                objects.append(words("".join(char["text"] for char in chars), xs[0], top * MILLIMETRE, size, weight, code))
            pages.append("".join(objects))
    return ofd(*pages)
