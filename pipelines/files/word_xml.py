"""A Word document in one XML file -> the blocks of the Word file (DOCX) that it stands for.

Two formats bear this name: the XML of Word 2003, whose elements became those of DOCX under another namespace, and the package
of today as one file ("flat OPC").
"""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from pipelines.draft import Block
from pipelines.files.limits import MAX_XML, CannotRead
from pipelines.files.word import read_docx

_OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
_HINT = "http://schemas.microsoft.com/office/word/2003/auxHint"
_CHANGE = "http://schemas.microsoft.com/aml/2001/core"
_NEW = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_RENAMED = {"vmerge": "vMerge", "hlink": "hyperlink"}
_WRAPPERS = (
    *(f"{{{_HINT}}}{name}" for name in ("sect", "sub-section", "pBdrGroup")),
    *(f"{{{_CHANGE}}}{name}" for name in ("annotation", "content")),
)
"""What stands around paragraphs and runs to say something of them: sections, borders, tracked changes. Deleted words have an
element of their own."""

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>'
)
_TYPE = (
    '<Override PartName="/word/{0}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{1}+xml"/>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = (
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}.xml"/>'
)


def read_word_xml(body: bytes) -> list[Block]:
    """The blocks of the document; CannotRead where there is none in the file."""
    if len(body) > MAX_XML:
        raise CannotRead(f"it has more than {MAX_XML >> 20} MiB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    root = etree.fromstring(body.strip(), parser)
    if root is not None:
        _drop_undeclared(root)
    if root is not None and root.tag == f"{{{_OLD}}}wordDocument":
        return read_docx(_from_2003(root))
    if root is not None and root.tag == f"{{{_PACKAGE}}}package":
        return read_docx(_from_package(root))
    raise CannotRead("it holds no document of Word's")


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _from_package(root: Any) -> bytes:
    """The package of a flat file."""
    parts: dict[str, bytes] = {}
    types = ""
    for part in root.iterfind(f"{{{_PACKAGE}}}part"):
        name, kind = (part.get(f"{{{_PACKAGE}}}{key}") or "" for key in ("name", "contentType"))
        tree = part.find(f"{{{_PACKAGE}}}xmlData")
        if tree is not None and len(tree):
            parts[name.lstrip("/")] = etree.tostring(tree[0])
        else:
            parts[name.lstrip("/")] = b64decode(part.findtext(f"{{{_PACKAGE}}}binaryData") or "")
        override = etree.Element("Override", PartName=name, ContentType=kind)
        types += etree.tostring(override, encoding="unicode")
    return _zipped({"[Content_Types].xml": _TYPES.format(types).encode()} | parts)


def _from_2003(root: Any) -> bytes:
    """A Word file with the body and the styles of a file of Word 2003."""
    for properties in list(root.iter(f"{{{_OLD}}}listPr")):
        _write_number(properties)
    for wrapper in list(root.iter(*_WRAPPERS)):
        _unwrap(wrapper)
    for element in root.iter(f"{{{_OLD}}}*"):
        local = etree.QName(element).localname
        element.tag = f"{{{_NEW}}}{_RENAMED.get(local, local)}"
        for key, value in list(element.attrib.items()):
            if key.startswith(f"{{{_OLD}}}"):
                del element.attrib[key]
                element.set(f"{{{_NEW}}}{etree.QName(key).localname}", value)
    body, styles = root.find(f"{{{_NEW}}}body"), root.find(f"{{{_NEW}}}styles")
    if body is None:
        raise CannotRead("it holds no document of Word's")
    document = etree.Element(f"{{{_NEW}}}document")
    document.append(body)
    if styles is None:
        styles = etree.Element(f"{{{_NEW}}}styles")
    types = _TYPE.format("document", "document.main") + _TYPE.format("styles", "styles")
    return _zipped(
        {
            "[Content_Types].xml": _TYPES.format(types).encode(),
            "_rels/.rels": _RELATIONS.format(_RELATION.format("officeDocument", "word/document")).encode(),
            "word/_rels/document.xml.rels": _RELATIONS.format(_RELATION.format("styles", "styles")).encode(),
            "word/document.xml": etree.tostring(document),
            "word/styles.xml": etree.tostring(styles),
        }
    )


def _drop_undeclared(root: Any) -> None:
    """Takes away what has a prefix that nothing declares, as files made of templates have: no other reader takes it."""
    for element in list(root.iter(etree.Element)):
        if ":" in element.tag.rpartition("}")[2] and element is not root:
            element.getparent().remove(element)
        for key in [key for key in element.attrib if ":" in key.rpartition("}")[2]]:
            del element.attrib[key]


def _write_number(properties: Any) -> None:
    """Writes the number of a paragraph that Word has counted into its text; a bullet is none."""
    hint = properties.find(f"{{{_HINT}}}t")
    number = hint.get(f"{{{_HINT}}}val") or "" if hint is not None else ""
    paragraph_properties = properties.getparent()
    if not any(map(str.isalnum, number)) or paragraph_properties.getparent() is None:
        return
    run = etree.Element(f"{{{_OLD}}}r")
    etree.SubElement(run, f"{{{_OLD}}}t").text = number
    paragraph_properties.addnext(run)


def _unwrap(wrapper: Any) -> None:
    """Puts what is in a wrapper into its place."""
    parent = wrapper.getparent()
    at = parent.index(wrapper)
    parent[at : at + 1] = list(wrapper)
