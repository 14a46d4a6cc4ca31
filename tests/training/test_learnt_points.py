"""The points that were learnt, written into a codebook and read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptce_qual.codebook import load_codebook
from ptce_qual.codebook.model import PLACES, Codebook
from training.points.fitting import Fitted, threshold_for
from training.points.passages import read_passages
from training.points.writing import with_points

CODEBOOK = """\
title: Essai
codes:
  - id: argent
    label: Argent
    definition: >
      Ce que l'on donne,

      points: ce que l'on compte.
    rules: # d'abord
      - donner
  - id: groupe
    label: Groupe
  - id: lien
    label: Lien
    points:
      needed: 3
      rule: 1
      clue: 1
      said:
        - {points: 2, words: voisin
            ami}
    # une remarque
    rules:
      - ami
"""
WORDS = st.text("abcdé", min_size=1, max_size=6) | st.sampled_from(["là-bas", "no", "on", "null", "y"])
WEIGHTS = st.dictionaries(WORDS, st.integers(-20, 20).filter(bool), max_size=60)


def read(folder: Path, text: str) -> Codebook:
    path = folder / "codebook.yaml"
    path.write_text(text, encoding="utf-8")
    return load_codebook(path).codebook


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.fixed_dictionaries(dict.fromkeys(PLACES, WEIGHTS)), data=st.data())
def test_what_is_written_is_read_back_and_the_rest_is_left(
    tmp_path: Path, words: dict[str, dict[str, int]], data: st.DataObject
) -> None:
    denying = frozenset(word for word in words["said"] if data.draw(st.booleans()))
    fitted = {code: Fitted(code, 20, 7, 3, words, denying) for code in ("argent", "lien")}
    text = with_points(CODEBOOK, fitted)
    before, after = read(tmp_path, CODEBOOK), read(tmp_path, text)
    for code in after.codes:
        if code.id == "groupe":
            assert code.points is None
            continue
        assert code.points is not None
        assert (code.points.needed, code.points.rule, code.points.clue) == (20, 7, 3)
        told = {place: getattr(code.points, place) for place in PLACES}
        found = {place: {w: group.points for group in told[place] for w in group.words.split()} for place in PLACES}
        assert found == words
        denied = {w for group in told["said"] if group.polarity == "negated" for w in group.words.split()}
        assert denied == denying
    bare = [code.model_copy(update={"points": None}) for code in after.codes]
    assert bare == [code.model_copy(update={"points": None}) for code in before.codes]
    assert "# une remarque" in text
    assert with_points(text, fitted) == text


def test_the_threshold_is_the_lowest_that_is_precise_enough() -> None:
    told = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    truth = np.array([True, False, True, True, False])
    assert threshold_for(told, truth, 0.75) == 0.6  # 3 of 4
    assert threshold_for(told, truth, 0.9) == 0.9
    assert threshold_for(told, ~truth, 0.9) == 0.5  # never: what is likelier than not


PASSAGES = (
    "Q\tEt ensuite ?\nargent- travail?\tLa mairie a pas payé.\n\tIl pleuvait.\n\nQ\tOui ?\nargent\tElle a payé.\n"
)


def test_passages_are_read_with_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "anna.tsv"
    path.write_text(PASSAGES, encoding="utf-8")
    (told,) = read_passages(path)
    text = told.transcript.text
    assert told.transcript.id == "anna-1"
    assert [(text[start:end], code, polarity) for start, end, code, polarity in told.rows] == [
        ("La mairie a pas payé.", "argent", "negated"),
        ("La mairie a pas payé.", "travail", "hypothetical"),
        ("Elle a payé.", "argent", "affirmed"),
    ]
    assert [(turn.role, text[turn.start : turn.end].strip()) for turn in told.transcript.turns] == [
        ("interviewer", "Et ensuite ?"),
        ("respondent", "La mairie a pas payé. Il pleuvait."),
        ("interviewer", "Oui ?"),
        ("respondent", "Elle a payé."),
    ]


@pytest.mark.parametrize("line", ["sans tabulation", "argent\tdeux\ttabulations", "argent\tsans question"])
def test_passages_that_cannot_be_read(tmp_path: Path, line: str) -> None:
    path = tmp_path / "anna.tsv"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=line):
        list(read_passages(path))


def test_the_shipped_passages_name_codes_of_the_codebook() -> None:
    root = Path(__file__).parents[2]
    leaves = {code.id for code in load_codebook(root / "codebook.yaml").codebook.codes if code.rules}
    told = [one for path in sorted((root / "training" / "passages").glob("*.tsv")) for one in read_passages(path)]
    assert {code for one in told for _start, _end, code, _polarity in one.rows} == leaves
    assert not any(row[0] == row[1] for one in told for row in one.rows)
