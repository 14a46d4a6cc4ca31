"""Rich Text files: their text, what is left out and said, names in bold, tables, faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_files import read, spoken

from ptce_qual.readers import read_transcript

RTF = {
    "accents by code page": (
        rb"{\rtf1\ansi\ansicpg1252 Enqu\'eateur : \'c7a va\~?\par Enqu\'eat\'e9 : Oui.}",
        "Enquêteur : Ça va\u00a0?\nEnquêté : Oui.",
    ),
    "accents in Unicode": (
        rb"{\rtf1\ansi\uc1 E : \u199?a va\par R : \u339\'9cuvre, l\rquote autre.}",
        "E : Ça va\nR : œuvre, l’autre.",
    ),
    "emoji": (rb"{\rtf1 E : \u-10179?\u-8704? oui\par R : {\uc0\u233}t\u233\'e9}", "E : \U0001f600 oui\nR : été"),
    "Mac": (rb"{\rtf1\mac E : \'8et\'8e ?}", "E : été ?"),
    "tables and information left out": (
        (
            rb"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\info{\title T}}{\*\generator X;}{\header H}{\pict "
            rb"abcdef01}E : a\par R : b}"
        ),
        "E : a\nR : b",
    ),
    "line ends of the file": (b"{\\rtf1 E : a\r\nb\\par\r\nR : c\\line d\\\n e}", "E : ab\nR : c\nd\n e"),
    "binary": (rb"{\rtf1 E : a{\pict\bin4 }}}}}\par R : b}", "E : a\nR : b"),
    "font with its own charset": (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}\f0 \'e9\f1 \'b3}",
        "éł",
    ),
    "braces in the text": (rb"{\rtf1 E : \{a\} \\ b}", "E : {a} \\ b"),
    "tabs and breaks": (rb"{\rtf1 E\tab : a\emdash b\page R : c}", "E\t: a—b\nR : c"),
    "what follows is no part": (rb"{\rtf1 E : a}{\rtf1 R : b}", "E : a"),
}


@pytest.mark.parametrize(("data", "text"), RTF.values(), ids=RTF)
def test_rtf_text(data: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(data)
    assert read(tmp_path / "a.rtf")[0].text == text


def test_rtf_changes_comments_bold_and_tables(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(
        rb"{\rtf1 {\b Chercheuse} Alors {\deleted faux}{\revised vraiment} ?{\*\annotation note}\par {\b "
        rb"Paul} Oui.{\footnote bas}\par "
        rb"{\b Chercheuse} Et ?\par {\b Paul} Non.{\v cach\'e9}\par}"
    )
    transcript, problems = read(tmp_path / "a.rtf")
    assert spoken(transcript) == [
        ("Chercheuse", "Alors vraiment ?"),
        ("Paul", "Oui."),
        ("Chercheuse", "Et ?"),
        ("Paul", "Non."),
    ]
    assert problems[0].message == (
        "left out: comments (1), deletions in tracked changes (1), footnotes (1), hidden passages (1); "
        "kept: insertions in tracked changes (1)"
    )
    rows = rb"\trowd\intbl E\cell \'c7a va ?\cell\row\trowd\intbl R\cell Oui.\par\intbl Bien.\cell\row\pard\par"
    (tmp_path / "b.rtf").write_bytes(rb"{\rtf1\ansi " + rows + rb"}")
    assert spoken(read(tmp_path / "b.rtf")[0]) == [("E", "Ça va ?"), ("R", "Oui.\nBien.")]


def test_rtf_faults(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"Bonjour")
    assert read_transcript(tmp_path / "a.rtf")[1][0].severity == "error"
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1 E : Ouvert ?\par R : Oui")
    transcript, problems = read(tmp_path / "a.rtf")
    assert len(transcript.turns) == 2
    assert any("last brace" in problem.message for problem in problems)
