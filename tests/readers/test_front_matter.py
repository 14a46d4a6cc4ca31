"""YAML front matter: read as it is written, never executed, malformed said with its line."""

from __future__ import annotations

import pytest

from ptce_qual.readers import parse_transcript
from ptce_qual.readers.front_matter import parse_front_matter

TURNS = "E : Ça va ?\nR : Oui.\n"


def test_values_are_kept_as_written_and_no_turn_covers_them() -> None:
    text = (
        f"---\ntitle: « Un » pôle # note\ncase: valbrenne\nshare: 0.30\ndate: 2013-09-17\nhour: 1:30\n"
        f"sure: yes\n---\n\n{TURNS}"
    )
    transcript, problems = parse_transcript(text)
    assert transcript is not None
    assert problems == []
    assert transcript.case_id == "valbrenne"
    assert transcript.attributes == {
        "title": "« Un » pôle",
        "share": "0.30",
        "date": "2013-09-17",
        "hour": "1:30",
        "sure": "yes",
    }
    assert transcript.text == text
    assert [text[turn.start : turn.end] for turn in transcript.turns] == ["Ça va ?", "Oui."]


def test_labels_in_the_front_matter_are_no_speakers() -> None:
    transcript, _ = parse_transcript("---\nEnquêteur: Anne\nEnquêté: Paul\n---\nAnne : Ça va ?\nPaul : Oui.\n")
    assert transcript is not None
    assert [turn.speakers for turn in transcript.turns] == [("Anne",), ("Paul",)]


def test_lists_are_joined_and_empty_values_left_out() -> None:
    front = parse_front_matter("---\nsectors: [culture, énergie]\nnothing:\nnull: ~\nlines: >\n  un\n  deux\n---\n")
    assert front.attributes == {"sectors": "culture|énergie", "lines": "un deux"}


MALFORMED = {
    "a colon too many": ("---\ntitle: a\ncase: b: c\n---\n", 3),
    "a tab": ("---\ntitle: a\n\tcase: b\n---\n", 3),
    "a quote left open": ('---\ntitle: "a\ncase: b\n---\n', 2),
    "a bracket left open": ("---\ntitle: a\nl: [a, b\n---\n", 3),
    "a tag": ("---\ntitle: a\nx: !!python/object/apply:os.system [touch hacked]\n---\n", 3),
    "an own tag": ("---\ntitle: a\nx: !secret b\n---\n", 3),
    "a mapping inside": ("---\ntitle: a\nx:\n  y: z\n---\n", 3),
    "a key twice": ("---\ntitle: a\ntitle: b\n---\n", 3),
    "never closed": (f"---\ntitle: a\ncase: b\n\n{TURNS}", 1),
    "an unknown alias": ("---\ntitle: a\nx: *b\n---\n", 3),
    "CRLF": ("---\r\ntitle: a\r\ncase: b: c\r\n---\r\n", 3),
}


@pytest.mark.parametrize(("text", "line"), MALFORMED.values(), ids=MALFORMED)
def test_malformed_front_matter_is_a_problem_with_its_line(text: str, line: int) -> None:
    front = parse_front_matter(text, "a.md")
    lines = [problem.line for problem in front.problems]
    assert lines
    assert abs((lines[0] or 0) - line) <= 1  # YAML may notice a fault one line later
    assert all(problem.severity == "warning" and problem.remedy for problem in front.problems)


def test_a_malformed_one_stays_out_of_the_turns() -> None:
    transcript, _ = parse_transcript(f"---\ntitle: a: b\nE : Non\n---\n{TURNS}")
    assert transcript is not None
    assert len(transcript.turns) == 2


@pytest.mark.parametrize(
    "text", ["---\nJe commence.\n---\nE : Oui ?\nR : Non.", "---\n\nE : Oui ?\n", "--- a\n", "-----\n"]
)
def test_rules_are_no_front_matter(text: str) -> None:
    front = parse_front_matter(text)
    assert (front.attributes, front.problems, front.end) == ({}, (), 0)


def test_a_bomb_of_aliases_is_harmless() -> None:
    layers = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30))
    front = parse_front_matter(f"---\na0: &a0 [x]\n{layers}\n---\n")
    assert front.attributes == {"a0": "x"}
