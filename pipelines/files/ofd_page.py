"""What is drawn on a page of an OFD file -> its characters and rules, as pdfplumber gives those of a PDF page.

OFD (GB/T 33190-2016) counts in millimetres from the upper left corner. An object has a boundary, whose corner is the origin of
what is in it, and a matrix (CTM) that is applied before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import east_asian_width

from pdfplumber.container import Container

from pipelines.files.limits import MAX_DRAWN, CannotRead

POINT = 72 / 25.4
"""Points in a millimetre."""
_DEEPEST = 8
"""Blocks and groups that are nested; files have two."""
_BOLD_FROM = 600
_ASCENT = 0.86
"""Share of a font's size that stands above the line; fonts for Chinese have .86 to .88."""
_LEVEL = 0.2
"""Millimetres by which a rule may be aslant."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(rf"g|{_NUMBER.pattern}")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_COMMAND = re.compile("([SMLQBAC])([^SMLQBAC]*)")
_LONGEST_ARRAY = 400
_LONGEST_PATH = 400_000
"""Characters of a path; one with all rules of a form has a tenth of it."""
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_NARROW, _BROAD = frozenset("ijlftrI.,;:'|!()[]· "), frozenset("mwMW@%")

Matrix = tuple[float, float, float, float, float, float]
UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Font:
    """A font of a resource file."""

    name: str
    bold: bool


@dataclass(slots=True)
class Resources:
    """What objects refer to by ID."""

    fonts: dict[str, Font] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    """Groups of objects that are drawn at several places."""

    def copy(self) -> Resources:
        return Resources(dict(self.fonts), dict(self.units))


def named(element: Any, *names: str) -> list[Any]:
    """The descendants along a path of local names. Namespaces are not asked: there are three of them in use, or none."""
    found = [element]
    for name in names:
        found = [child for parent in found for child in parent if _local(child) == name]
    return found


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def numbers_of(text: str | None) -> list[float]:
    """The numbers of a short array; none that is infinite."""
    return [value for found in _NUMBER.findall((text or "")[:_LONGEST_ARRAY]) if math.isfinite(value := float(found))]


class Canvas(Container):
    """A page that is drawn on: `chars`, `lines`, `images` and `edges` as pdfplumber names them. `drawn` counts what all pages
    of the file have drawn so far."""

    def __init__(self, resources: Resources, drawn: list[int], turned: Matrix = UPRIGHT) -> None:
        self._resources = resources
        self._turned = turned
        self._drawn = drawn
        self._objects: dict[str, list[dict[str, Any]]] = {"char": [], "line": [], "image": []}

    @property
    def objects(self) -> dict[str, list[dict[str, Any]]]:
        return self._objects

    def draw(self, layer: Any, rules_only: bool = False) -> None:
        """Draws the objects of a layer; of a page's ground the rules only."""
        self._draw_all(layer, self._turned, rules_only, 0)

    def _draw_all(self, parent: Any, outer: Matrix, rules_only: bool, depth: int) -> None:
        if depth > _DEEPEST:
            raise CannotRead("it is broken: nested without end")
        for element in parent:
            if element.get("Visible") == "false":
                continue
            self._count()
            matrix = _within(outer, element)
            match _local(element):
                case "PageBlock":
                    self._draw_all(element, outer, rules_only, depth + 1)
                case "CompositeObject":
                    for content in self._resources.units.get(element.get("ResourceID"), ()):
                        self._draw_all(content, matrix, rules_only, depth + 1)
                case "TextObject" if not rules_only:
                    self._write(element, matrix)
                case "PathObject":
                    self._trace(element, matrix)
                case "ImageObject" if not rules_only:
                    self._objects["image"].append({})

    def _count(self) -> None:
        self._drawn[0] += 1
        if self._drawn[0] > MAX_DRAWN:
            raise CannotRead(f"it draws more than {MAX_DRAWN} things")

    def _write(self, element: Any, matrix: Matrix) -> None:
        """Adds the characters of a text object."""
        size = next(iter(numbers_of(element.get("Size"))), 0.0)
        stretch = next(iter(numbers_of(element.get("HScale"))), 1.0)
        font = self._resources.fonts.get(element.get("Font"), Font("", False))
        weight = next(iter(numbers_of(element.get("Weight"))), 0.0)
        name = f"{font.name} bold" if font.bold or weight >= _BOLD_FROM else font.name
        shape = _with_direction(matrix, next(iter(numbers_of(element.get("CharDirection"))), 0.0))
        a, b, c, d, e, f = shape
        high = size * math.hypot(c, d) * POINT
        broad = size * stretch * math.hypot(a, b) * POINT
        reading = next(iter(numbers_of(element.get("ReadDirection"))), 0.0)
        for text, x, y, advance in _glyphs(element, size * stretch, reading):
            self._count()
            left, base = (place * POINT for place in _apply(matrix, x, y))
            width = broad * _share(text)
            step = advance * math.hypot(matrix[0], matrix[1]) * POINT
            # The fonts are not asked how wide they are: where the next character stands says as much.
            right = left + (step if 0 < step <= max(broad, width) else width)
            self._objects["char"].append(
                {
                    "text": text,
                    "matrix": (a, -b, -c, d, e, f),  # as in a PDF, which counts upwards
                    "x0": left,
                    "x1": right,
                    "top": base - _ASCENT * high,
                    "bottom": base + (1 - _ASCENT) * high,
                    "size": high,
                    "fontname": name,
                }
            )

    def _trace(self, element: Any, matrix: Matrix) -> None:
        """Adds the level and upright parts of a path: they may be rules."""
        data = "".join(child.text or "" for child in named(element, "AbbreviatedData"))
        for x0, y0, x1, y1 in _parts(data[:_LONGEST_PATH], filled=element.get("Fill") == "true"):
            self._count()
            (x0, y0), (x1, y1) = _apply(matrix, x0, y0), _apply(matrix, x1, y1)
            if min(abs(x1 - x0), abs(y1 - y0)) > _LEVEL:
                continue
            if abs(x1 - x0) < abs(y1 - y0):
                x1 = x0
            else:
                y1 = y0
            x0, x1, y0, y1 = (place * POINT for place in (min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)))
            place = {"x0": x0, "x1": x1, "top": y0, "bottom": y1, "y0": y0, "y1": y1, "width": x1 - x0, "height": y1 - y0}
            self._objects["line"].append({"object_type": "line", **place})


def turned(degrees: int, width: float, height: float) -> Matrix:
    """The matrix of a page that is turned to the right by quarters."""
    match degrees:
        case 90:
            return 0.0, 1.0, -1.0, 0.0, height, 0.0
        case 180:
            return -1.0, 0.0, 0.0, -1.0, width, height
    return 0.0, -1.0, 1.0, 0.0, 0.0, width


def _within(outer: Matrix, element: Any) -> Matrix:
    """The matrix from the inside of an object to the page."""
    inner = numbers_of(element.get("CTM"))
    a, b, c, d, e, f = inner if len(inner) == 6 else UPRIGHT
    box = numbers_of(element.get("Boundary"))
    x, y = box[:2] if len(box) == 4 else (0.0, 0.0)
    left, top = _apply(outer, e + x, f + y)
    oa, ob, oc, od = outer[:4]
    return (a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, left, top)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _with_direction(matrix: Matrix, degrees: float) -> Matrix:
    """The matrix of characters that are turned to the right by quarters."""
    a, b, c, d, e, f = matrix
    for _ in range(int(degrees // 90) % 4):
        a, b, c, d = c, d, -a, -b
    return a, b, c, d, e, f


def _glyphs(element: Any, size: float, reading: float) -> Iterator[tuple[str, float, float, float]]:
    """The characters of a text object, where each stands, and how far the next one stands to its right, 0 where that is not
    said."""
    x = y = 0.0
    for code in named(element, "TextCode"):
        x = next(iter(numbers_of(code.get("X"))), x)
        y = next(iter(numbers_of(code.get("Y"))), y)
        text = _stripped("".join(code.itertext()))[: MAX_DRAWN + 1]
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for index, char in enumerate(text):
            step = across[index] if index < len(across) else 0.0
            fall = down[index] if index < len(down) else 0.0
            yield char, at_x, at_y, step
            if not across and not down:
                # Without steps a character follows the other as wide as it is.
                ahead = size * _share(char)
                step, fall = ((ahead, 0.0), (0.0, ahead), (-ahead, 0.0), (0.0, -ahead))[int(reading // 90) % 4]
            at_x, at_y = at_x + step, at_y + fall


def _stripped(text: str) -> str:
    """The text without the breaks and indents of pretty-printed XML; other blanks are drawn."""
    return text.strip() if "\n" in text else text


def _steps(text: str | None, most: int) -> list[float]:
    """The steps from character to character, `g 3 4.2` standing for three of 4.2; the last one goes on for the rest."""
    steps: list[float] = []
    tokens = (found.group() for found in _STEP.finditer(text or ""))
    for token in tokens:
        if len(steps) >= most:
            break
        times = 1
        if token == "g":
            count, token = next(tokens, "g"), next(tokens, "g")
            times = 0 if "g" in (count, token) else int(min(max(float(count), 0), most))
        steps += [float(token)] * times if times else []
    return steps + steps[-1:] * (most - len(steps))


def _share(char: str) -> float:
    """How wide a character is, in sizes of its font."""
    if east_asian_width(char) in "WFA":
        return 1.0
    return 0.3 if char in _NARROW else 0.85 if char in _BROAD else 0.68 if char.isupper() else 0.52


def _parts(data: str, filled: bool) -> Iterator[tuple[float, float, float, float]]:
    """The straight parts of a path; what is filled is closed."""
    start = here = (0.0, 0.0)
    for found in _COMMAND.finditer(data):
        word, operands = found.group(1), numbers_of(found.group(2))
        if len(operands) < _OPERANDS[word]:
            continue
        to = (operands[-2], operands[-1]) if operands else here
        if word == "L":
            yield (*here, *to)
        if word in "SM":
            if filled and here != start:
                yield (*here, *start)
            start = to
        if word == "C":
            yield (*here, *start)
            to = start
        here = to
    if filled and here != start:
        yield (*here, *start)
