"""What the tests of word-processor files share: making them, and reading them to what is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx

from ptce_qual.model import Problem, Transcript
from ptce_qual.readers import read_transcript

ENTITIES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def read(path: Path) -> tuple[Transcript, list[Problem]]:
    transcript, problems = read_transcript(path)
    assert transcript is not None, problems
    return transcript, problems


def spoken(transcript: Transcript) -> list[tuple[str, str]]:
    return [("+".join(turn.speakers), transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def word(*paragraphs: str, path: Path) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def make_zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()
