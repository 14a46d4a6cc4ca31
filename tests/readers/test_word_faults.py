"""Files that are no Word documents, or damaged, locked or unsafe ones: an error in words, never a traceback."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_files import ENTITIES, make_zip, read, run, word

from ptce_qual.readers import read_transcript

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _good(path: Path) -> bytes:
    return word(*["E : Ça va ?", "R : Oui, très bien, et encore."] * 50, path=path).read_bytes()


def _corrupted(data: bytes) -> bytes:
    """Spoil the compressed bytes of the text part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offset = archive.getinfo("word/document.xml").header_offset + 60
    return data[:offset] + b"\xff" * 200 + data[offset + 200 :]


def _marked_encrypted(data: bytes) -> bytes:
    entry = data.index(b"PK\x01\x02")
    return data[: entry + 8] + b"\x01\x00" + data[entry + 10 :]


LAUGHS = b'<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;">]><a>&y;</a>'

FAULTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "empty"),
    "text": (lambda _: b"E : Oui ?\nR : Non.", "not a .docx file"),
    "truncated": (lambda good: good[: len(good) // 2], "damaged or truncated"),
    "truncated at the end": (lambda good: good[:-30], "damaged or truncated"),
    "corrupted": (_corrupted, "damaged or truncated"),
    "encrypted by Word": (
        lambda _: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "encrypted",
    ),
    "encrypted zip": (_marked_encrypted, "encrypted"),
    "old .doc": (lambda _: OLE + bytes(2000), "old .doc"),
    "another zip": (lambda _: make_zip(a=b"b"), "not a Word document"),
    "zip bomb": (
        lambda _: make_zip(word__document__xml=b"", **{"word/document.xml": bytes(30_000_000)}),
        "zip bomb",
    ),
    "zip bomb beside the text": (
        lambda _: make_zip(**{"word/document.xml": b"<a/>", "word/media/x": bytes(300_000_000)}),
        "zip bomb",
    ),
    "no XML": (lambda _: make_zip(**{"word/document.xml": b"<w:document"}), "not valid XML"),
    "no body": (lambda _: make_zip(**{"word/document.xml": b"<document/>"}), "no body"),
    "external entity": (lambda _: make_zip(**{"word/document.xml": ENTITIES}), "refused"),
    "billion laughs": (lambda _: make_zip(**{"word/document.xml": LAUGHS}), "refused"),
    "too deep": (lambda _: make_zip(**{"word/document.xml": b"<a>" * 5000 + b"</a>" * 5000}), "not valid XML"),
}


@pytest.mark.parametrize(("make", "words"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_file_is_an_error_in_words(make: Callable[[bytes], bytes], words: str, tmp_path: Path) -> None:
    path = tmp_path / "fault.docx"
    path.write_bytes(make(_good(tmp_path / "good.docx")))
    transcript, problems = read_transcript(path)
    assert transcript is None
    assert [problem.severity for problem in problems] == ["error"]
    assert words in problems[0].message


def test_nesting_as_deep_as_xml_may_be_is_read(word_xml: Callable[..., Path]) -> None:
    deep = "<w:sdt><w:sdtContent>" * 110 + f"<w:p>{run('E : Oui ?')}</w:p>" + "</w:sdtContent></w:sdt>" * 110
    assert read(word_xml(deep))[0].text == "E : Oui ?"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    transcript, problems = read_transcript(tmp_path / "none.docx")
    assert transcript is None
    assert problems[0].severity == "error"
