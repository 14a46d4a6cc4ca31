"""Bytes to text: exactly, and the encoding said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ptce_qual.model import Problem
from ptce_qual.readers import read_transcript
from ptce_qual.readers.encoding import decode

FRENCH = "Enquêteur : Ça va où, à Noël ?\r\nEnquêté : « Bien sûr »… j’ai vu l’œuvre, 12 €, – là-bas.\n"
LATIN_1 = "Enquêteur : Ça va où, à Noël ?\r\nEnquêté : « Bien sûr », j'ai vu.\n"

ENCODED = {
    "UTF-8": (FRENCH, FRENCH.encode(), None),
    "UTF-8 with a mark": (FRENCH, FRENCH.encode("utf-8-sig"), "UTF-8 with a byte-order mark"),
    "UTF-16": (FRENCH, FRENCH.encode("utf-16"), "UTF-16"),
    "UTF-16 big-endian": (FRENCH, b"\xfe\xff" + FRENCH.encode("utf-16-be"), "UTF-16"),
    "UTF-16 without mark": (FRENCH, FRENCH.encode("utf-16-le"), "UTF-16 without byte-order mark"),
    "UTF-16 big-endian without mark": (FRENCH, FRENCH.encode("utf-16-be"), "UTF-16 without byte-order mark"),
    "UTF-32": (FRENCH, FRENCH.encode("utf-32"), "UTF-32"),
    "Windows-1252": (FRENCH, FRENCH.encode("cp1252"), "Windows-1252"),
    "ISO-8859-1": (LATIN_1, LATIN_1.encode("iso-8859-1"), "Windows-1252"),  # the same bytes in both
    "ISO-8859-15": ("Le cœur de l'œuvre à 3 €", "Le cœur de l'œuvre à 3 €".encode("iso-8859-15"), "ISO-8859-15"),
    "Mac Roman": (FRENCH, FRENCH.encode("mac_roman"), "Mac Roman"),
    "CP850": (LATIN_1, LATIN_1.encode("cp850"), "CP850"),
    "one accent": ("Ça, été", "Ça, été".encode("cp1252"), "Windows-1252"),
    "a half in figures": ("une journée ½", "une journée ½".encode("cp1252"), "Windows-1252"),
    "ASCII": ("E : oui ?\nR : non", b"E : oui ?\nR : non", None),
}


@pytest.mark.parametrize(("text", "data", "declared"), ENCODED.values(), ids=ENCODED)
def test_the_text_is_exact_and_the_encoding_said(text: str, data: bytes, declared: str | None) -> None:
    decoded = decode(data, "f.txt")
    assert not isinstance(decoded, Problem)
    assert decoded[0] == text
    said = [problem.message for problem in decoded[1]]
    assert len(said) == (declared is not None)
    assert declared is None or f"encoding: {declared}" in said[0]
    assert all(problem.severity == "notice" for problem in decoded[1])


def test_a_few_spoilt_bytes_do_not_make_all_accents_wrong() -> None:
    data = "été à Noël\n".encode() * 20 + "Ça, là".encode("cp1252") + "\né".encode()
    decoded = decode(data, "f.txt")
    assert not isinstance(decoded, Problem)
    assert decoded[0] == "été à Noël\n" * 20 + "Ça, là\né"
    assert (decoded[1][0].severity, decoded[1][0].line) == ("warning", 21)


BINARY = {
    "zip": b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 20,
    "random": random.Random(1).randbytes(5000),
    "control characters": b"\x01\x02\x03\x04 texte " * 50,
    "zeros": bytes(1000),
    "half of UTF-16": b"\xff\xfe" + "été".encode("utf-16-le") + b"\x00\xd8",
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
}


@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_a_binary_file_is_an_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    transcript, problems = read_transcript(path)
    assert transcript is None
    assert [problem.severity for problem in problems] == ["error"]


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf", b"---\ncase: a\n---\n\n"])
def test_a_file_without_text_is_an_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    transcript, problems = read_transcript(path)
    assert transcript is None
    assert problems[-1].severity == "error"
