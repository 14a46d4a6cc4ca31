"""Subtitles: text, times, voices."""

from __future__ import annotations

from pathlib import Path

import pytest

from ptce_qual.model import Problem, Transcript, Turn
from ptce_qual.readers import read_transcript


def read(content: str, path: Path) -> tuple[Transcript, list[Problem]]:
    path.write_bytes(content.encode())
    transcript, problems = read_transcript(path)
    assert transcript is not None, problems
    return transcript, problems


def spoken(transcript: Transcript) -> list[tuple[str, str, float | None, float | None]]:
    return [
        ("+".join(turn.speakers), transcript.text[turn.start : turn.end], turn.time_start, turn.time_end)
        for turn in transcript.turns
    ]


VOICES = """WEBVTT - entretien
Kind: captions

STYLE
::cue { color: red }

NOTE un commentaire
sur deux lignes

1
00:01.000 --> 00:02.500 align:start
<v.loud Enquêtrice>Alors &amp; <i>donc</i>

2
00:00:03.000 --> 00:00:04.000
<v Enquêtrice>vous êtes venu ?</v>

00:04.000 --> 00:05.000
<v Paul Émile>Oui.</v> <v Enquêtrice>Ah.</v>

00:05.000 --> 00:06.000
Et après
<c.jaune>là ?</c>

00:06.000 --> 00:07.000
<v Paul Émile><00:06.500>Rien.
"""


def test_voices_are_speakers(tmp_path: Path) -> None:
    transcript, problems = read(VOICES, tmp_path / "a.vtt")
    assert transcript.text == "Alors & donc\nvous êtes venu ?\nOui.\nAh.\nEt après\nlà ?\nRien."
    assert spoken(transcript) == [
        ("Enquêtrice", "Alors & donc\nvous êtes venu ?", 1.0, 4.0),
        ("Paul Émile", "Oui.", 4.0, 5.0),
        ("Enquêtrice", "Ah.\nEt après\nlà ?", 4.0, 5.0),
        ("Paul Émile", "Rien.", 6.0, 7.0),
    ]
    assert transcript.wrapped
    assert [problem.line for problem in problems if "no voice" in problem.message] == [21]


SRT = """\ufeff1
00:00:01,000 --> 00:00:02,000
ENQUÊTEUR: Vous êtes
d'ici ?

2
00:00:03,000 --> 00:00:04,000
<i>NADIA :</i> Oui, depuis

3
00:00:04,500 --> 00:00:06,000
- toujours.
{\\an8}Enfin presque.

4
00:00:07,000 --> 00:00:08,000
ENQUÊTEUR: Ah.
"""


def test_names_in_the_cues_are_speakers(tmp_path: Path) -> None:
    transcript, _ = read(SRT.replace("\n", "\r\n"), tmp_path / "a.srt")
    assert spoken(transcript) == [
        ("ENQUÊTEUR", "Vous êtes\nd'ici ?", 1.0, 2.0),
        ("NADIA", "Oui, depuis\n- toujours.\nEnfin presque.", 3.0, 6.0),
        ("ENQUÊTEUR", "Ah.", 7.0, 8.0),
    ]


def test_without_names_there_is_one_turn(tmp_path: Path) -> None:
    cues = "".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n- Bon ?\n- Oui.\n\n" for i in range(1, 9))
    transcript, problems = read(cues, tmp_path / "a.srt")
    assert transcript.turns == (Turn((), "respondent", 0, len(transcript.text)),)
    assert any("no speaker turns" in problem.message for problem in problems)


def test_malformed_cues_are_told_with_their_line(tmp_path: Path) -> None:
    content = "1\n00:00:01,000 --> 00:00:02,000\nOui.\n\n2\n00:00:xx --> 00:00:04,000\nPerdu.\n\nDes lignes seules.\n"
    transcript, problems = read(content, tmp_path / "a.srt")
    assert transcript.text == "Oui."
    assert [(problem.severity, problem.line) for problem in problems[:2]] == [("warning", 5), ("warning", 9)]
    assert "Perdu." in problems[0].message


@pytest.mark.parametrize("content", ["", "WEBVTT\n", "rien du tout", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"])
def test_a_file_without_cues_is_an_error(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(content)
    transcript, problems = read_transcript(tmp_path / "a.vtt")
    assert transcript is None
    assert problems[0].severity == "error"
