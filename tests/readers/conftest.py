"""Files made on the fly."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def word_xml(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a .docx of the given XML inside `w:body`."""

    def write(body: str, *, name: str = "entretien.docx", prologue: str = "", **parts: str) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            document = f'{prologue}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
            archive.writestr("word/document.xml", document)
            for part, content in parts.items():
                archive.writestr(f"word/{part}.xml", f'<w:{part} xmlns:w="{WORD}">{content}</w:{part}>')
        return path

    return write
