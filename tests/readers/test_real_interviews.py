"""The 18 Word files of real interviews: every header line is a turn's label, and in no turn."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from ptce_qual.readers import read_corpus, read_transcript

ARTISANS = Path(__file__).parents[2] / ".." / "shared" / "real" / "artisans"
HEADER = re.compile(r"\s*\[[^\]]+\] *\(\d+:\d+ *[-–] *\d+:\d+\)\s*")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not ARTISANS.is_dir(), reason="the real interviews are not beside the repository"),
]


def test_all_are_read_with_the_right_number_of_turns() -> None:
    corpus, problems = read_corpus(ARTISANS)
    assert len(corpus.transcripts) == 18
    assert not [problem for problem in problems if problem.severity == "error"]
    for transcript in corpus.transcripts:
        paragraphs = [paragraph.text for paragraph in docx.Document(str(ARTISANS / transcript.source)).paragraphs]
        headers = [paragraph for paragraph in paragraphs if HEADER.fullmatch(paragraph)]
        assert transcript.text == "\n".join(paragraphs)  # these files hold no tracked change
        assert len(transcript.turns) == len(headers) > 15
        for turn, header in zip(transcript.turns, headers, strict=True):
            assert turn.speakers[0] in header
            assert turn.time_start is not None
            assert turn.time_end is not None


def test_no_header_is_inside_a_turn_and_all_else_is() -> None:
    for transcript in read_corpus(ARTISANS)[0].transcripts:
        covered = [transcript.text[turn.start : turn.end] for turn in transcript.turns]
        assert not any(HEADER.fullmatch(line) for said in covered for line in said.split("\n"))
        lines = [line.strip() for line in transcript.text.split("\n") if line.strip() and not HEADER.fullmatch(line)]
        outside = len(lines) - sum(len([line for line in said.split("\n") if line.strip()]) for said in covered)
        assert outside <= 2  # the title, and its repetition before a second part


def test_roles_are_known_and_a_misspelt_label_is_reported(tmp_path: Path) -> None:
    """No label of these files is misspelt, so one is, in a copy."""
    source = min(ARTISANS.glob("*.docx"))
    document = docx.Document(str(source))
    headers = [paragraph for paragraph in document.paragraphs if HEADER.fullmatch(paragraph.text)]
    chosen = [paragraph for paragraph in headers if "Chercheur" in paragraph.text][5]
    chosen.text = chosen.text.replace("Chercheur", "Checheur")
    document.save(str(tmp_path / "copy.docx"))
    original, copy = read_transcript(source)[0], read_transcript(tmp_path / "copy.docx")
    assert original is not None
    assert copy[0] is not None
    assert [(turn.speakers, turn.role) for turn in copy[0].turns] == [
        (turn.speakers, turn.role) for turn in original.turns
    ]
    [slip] = [problem for problem in copy[1] if "slip" in problem.message]
    assert slip.line is not None
    assert "Checheur" in copy[0].text.split("\n")[slip.line - 1]
