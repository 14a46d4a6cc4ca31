"""What holds of any text: it is untouched, and its turns lie in it, ordered, apart, without white space at the ends."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptce_qual.model import Problem, Transcript
from ptce_qual.readers import parse_transcript, read_transcript
from ptce_qual.readers.encoding import decode

LABELS = [
    "E :",
    "R :",
    "Q. ",
    "R. ",
    "Enquêteur :",
    "Enquêté\u00a0: ",
    "[Chercheur] (0:01 - 0:11)",
    "[Checheur] (0:010 - )",
    "[Nom]",
    "- ",
    "— ",
    "**Nom :** ",
    "MALIK : ",
    "MALIK ET JOSIANE : ",
    "JOSIANE :",
    "Date : ",
    "[silence]",
    "---",
    "title: a",
    "case: b: c",
    "# Titre",
    "Anne 0:12",
    "[00:01] E : ",
    "(",
    "]",
    "(0:01",
    "\ufeff",
    "🙂",
    "??",
]
LINE_ENDS = ["\n", "\r\n", "\r", "\n\n", " ", "\u2028", "\t"]
PIECES = st.one_of(st.sampled_from(LABELS), st.sampled_from(LINE_ENDS), st.text(max_size=12))
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), min_size=1)


def check(transcript: Transcript) -> None:
    position = 0
    for turn in transcript.turns:
        assert position <= turn.start <= turn.end <= len(transcript.text)
        said = transcript.text[turn.start : turn.end]
        assert said == said.strip()
        assert turn.speakers or len(transcript.turns) == 1
        position = turn.end


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_turns_lie_in_the_text_in_order(text: str) -> None:
    transcript, problems = parse_transcript(text)
    assert all(isinstance(problem, Problem) and problem.message for problem in problems)
    if transcript is None:
        assert [problem.severity for problem in problems].count("error") == 1
        return
    assert transcript.text == text
    check(transcript)
    assert transcript == parse_transcript(text)[0]


@given(PLAIN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(max_examples=200, deadline=None)
def test_the_text_is_the_decoded_file(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    if encoding == "utf-8" and data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    decoded = decode(data, "a.txt")
    assert not isinstance(decoded, Problem)
    assert decoded[0] == text


# some rows of accents without a letter between are UTF-8 too, byte by byte: they can't be told apart
FRENCH = st.lists(
    st.sampled_from([*"abcdefghijklmnopqrstuvwxyz .?\n", *(f"{c}e" for c in "éèêàçùôîœ’«»…\u00a0")]), min_size=1
)


@given(FRENCH.map("".join))
@settings(max_examples=200, deadline=None)
def test_french_in_windows_1252_comes_out_right(text: str) -> None:
    decoded = decode(text.encode("cp1252"), "a.txt")
    assert not isinstance(decoded, Problem)
    assert decoded[0] == text


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".odt", ".rtf", ".vtt", ".srt"])
@given(data=st.one_of(st.binary(), st.binary().map(lambda tail: b"{\\rtf1 " + tail), st.text().map(str.encode)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_raise(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    transcript, problems = read_transcript(path)
    assert transcript is not None or problems[-1].severity == "error"
    if transcript is not None:
        check(transcript)
