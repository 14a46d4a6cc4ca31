"""Parts of .docx and .odt files, which are zips of XML: bombs, locks, damage and entities are refused in words."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ptce_qual.model import Problem
from ptce_qual.translation import _

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
        message = _("the file is damaged or truncated ({reason})", reason=error)
        return Problem("error", file, None, message, _save_it_again())


def parse_xml(data: bytes, file: str, part: str) -> etree._Element | Problem:
    """Return the root of one part, parsed with entities, document types and network off."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = _("its {part} is not valid XML: {reason}", part=part, reason=error)
        return Problem("error", file, None, message, _("Save the file again."))
    if root.getroottree().docinfo.doctype:
        message = _(
            "its {part} declares a document type, which no word processor writes; refused for safety", part=part
        )
        return Problem("error", file, None, message, _save_it_again())
    return root


def _not_an_archive(path: Path, file: str) -> Problem | None:
    with path.open("rb") as stream:
        head = stream.read(8)
        rest = stream.read(1_000_000) if head == _OLE else b""
    if head == _OLE and "EncryptedPackage".encode("utf-16-le") in rest:
        return _encrypted(file)
    if head == _OLE:
        message = _("an old .doc file under another name")
        return Problem("error", file, None, message, _("Open it in your word processor and save it as .docx."))
    if not head:
        return Problem("error", file, None, _("the file is empty"))
    if not zipfile.is_zipfile(path):
        message = _("the file is not a {suffix} file", suffix=path.suffix)
        if head.startswith(b"PK"):
            message = _("the file is damaged or truncated")
        return Problem("error", file, None, message, _save_it_again())
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
        message = _("the file unpacks to far more than its size, as a zip bomb does; refused")
        return Problem("error", file, None, message, _save_it_again())
    return None


def _encrypted(file: str) -> Problem:
    return Problem("error", file, None, _("the file is encrypted"), _("Save it again without a password."))


def _save_it_again() -> str:
    return _("Open it in your word processor and save it again.")
