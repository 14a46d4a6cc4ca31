"""Parts of .docx and .odt files, which are zips of XML: bombs, locks, damage and entities are refused in words."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ptce_qual.model import Problem

_PART_LIMIT = 64_000_000
_TOTAL_LIMIT = 1_000_000_000
_RATIO_LIMIT = 200
_SMALL = 10_000_000  # below it any ratio is harmless: a page of one letter packs a thousand times
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_parts(path: Path, names: tuple[str, ...], file: str) -> dict[str, bytes] | Problem:
    """Return those of the parts `names` that the archive holds, or an error that says why it can't be opened."""
    fault = _not_an_archive(path, file)
    if fault:
        return fault
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            fault = _unsafe(list(entries.values()), file)
            if fault:
                return fault
            return {name: archive.read(entries[name]) for name in names if name in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        message = f"the file is damaged or truncated ({error})"
        return Problem("error", file, None, message, "open it in your word processor and save it again")


def parse_xml(data: bytes, file: str, part: str) -> etree._Element | Problem:
    """Return the root of one part, parsed with entities, document types and network off."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Problem("error", file, None, f"its {part} is not valid XML: {error}", "save the file again")
    if root.getroottree().docinfo.doctype:
        message = f"its {part} declares a document type, which no word processor writes; refused for safety"
        return Problem("error", file, None, message, "open it in your word processor and save it again")
    return root


def _not_an_archive(path: Path, file: str) -> Problem | None:
    with path.open("rb") as stream:
        head = stream.read(8)
        rest = stream.read(1_000_000) if head == _OLE else b""
    if head == _OLE and "EncryptedPackage".encode("utf-16-le") in rest:
        return _encrypted(file)
    if head == _OLE:
        message = "an old .doc file under another name"
        return Problem("error", file, None, message, "open it in your word processor and save it as .docx")
    if not head:
        return Problem("error", file, None, "the file is empty")
    if not zipfile.is_zipfile(path):
        kind = "damaged or truncated" if head.startswith(b"PK") else f"not a {path.suffix} file"
        return Problem("error", file, None, f"the file is {kind}", "open it in your word processor and save it again")
    return None


def _unsafe(entries: list[zipfile.ZipInfo], file: str) -> Problem | None:
    if any(entry.flag_bits & 1 for entry in entries):
        return _encrypted(file)
    swollen = [
        entry
        for entry in entries
        if entry.file_size > _SMALL and entry.file_size > _RATIO_LIMIT * max(entry.compress_size, 1)
    ]
    oversized = [
        entry for entry in entries if entry.file_size > _PART_LIMIT and entry.filename.endswith((".xml", ".rels"))
    ]
    if swollen or oversized or sum(entry.file_size for entry in entries) > _TOTAL_LIMIT:
        message = "the file unpacks to far more than its size, as a zip bomb does; refused"
        return Problem("error", file, None, message, "open it in your word processor and save it again")
    return None


def _encrypted(file: str) -> Problem:
    return Problem("error", file, None, "the file is encrypted", "save it again without a password")
