"""`explain`: a sentence, a place of an interview, a question before, for people and for programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from small_studies import CODEBOOK, Call, contents, write


@pytest.fixture
def folder(coded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(coded)
    return coded


def test_a_sentence(folder: Path, call: Call) -> None:
    before = contents(folder)
    ended = call("explain", "La mairie n'a pas versé d'argent. Il fait beau.")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert "argent negated" in lines
    why = ended.out.replace("\n", " ")
    assert "codebook.yaml:13 (verse) matches « mairie … versé »; by itself affirmed, negated because of" in why
    assert "« pas »" in why
    assert any(line.split() == ["versé", "verser", "VERB"] for line in lines)
    assert lines[0] == "La mairie n'a pas versé d'argent."
    assert "No rule fires here." in lines[lines.index("Il fait beau.") :]
    assert contents(folder) == before


def test_what_nearly_fired(folder: Path, call: Call) -> None:
    ended = call("explain", "La mairie nous aime bien.")
    assert "No rule fires here." in ended.out
    assert "Nearly:" in ended.out
    assert "argent codebook.yaml:13 finds « mairie », but: " in ended.out


def test_a_place(folder: Path, call: Call) -> None:
    with (folder / "results/codings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        ended = call("explain", f"{row['transcript_id']}:{row['start']}-{row['end']}", "--json")
        (one,) = json.loads(ended.out)
        assert (one["start"], one["sentence"]) == (int(row["start"]), row["quote"])
        assert [(fired["code_id"], fired["polarity"]) for fired in one["fired"]] == [(row["code_id"], row["polarity"])]
    two = call("explain", f"beta/lea:{rows[-2]['start']}-{rows[-1]['end']}", "--json")
    assert len(json.loads(two.out)) == 3  # the question between them too


def test_points_that_were_reached(folder: Path, call: Call) -> None:
    points = "    points: {needed: 9, rule: 5, clue: 1, said: [{points: 4, words: mairie}]}\n"
    argent = "    parent: soutiens\n"
    write(folder, {"codebook.yaml": CODEBOOK.replace(argent, argent + points)})
    assert "  9 points of words and rules, 9 needed\n" in call("explain", "La mairie a versé mille euros.").out
    (one,) = json.loads(call("explain", "La mairie a versé mille euros.", "--json").out)
    assert one["tallies"] == [{"code_id": "argent", "points": 9, "needed": 9}]


def test_in_french(folder: Path, call: Call) -> None:
    told = call("--lang", "fr", "explain", "La mairie n'a pas versé d'argent.").out.replace("\n", " ")
    assert "argent nié" in told
    assert "par elle-même affirmé, nié à cause de" in told


def test_a_question(folder: Path, call: Call) -> None:
    write(folder, {"codebook.yaml": CODEBOOK + "      - {id: reponse, question: décider}\n"})
    asked = ["--question", "Qui a décidé ?"]
    fired = [one["fired"] for one in json.loads(call("explain", "Nous.", *asked, "--json").out)]
    assert [rule["rule_id"] for rule in fired[-1]] == ["reponse"]
    assert "No rule fires here." in call("explain", "Nous.").out


def test_for_programs(folder: Path, call: Call) -> None:
    ended = call("explain", "On a décidé seuls.", "--json", "--codebook", folder / "codebook.yaml")
    (one,) = json.loads(ended.out)
    assert set(one) == {"start", "sentence", "words", "codings", "fired", "nearly", "tallies"}
    assert [word["lemma"] for word in one["words"]][2:4] == ["décider", "seul"]
    assert one["fired"][0]["matched"] == ["décidé", "seuls"]
    assert one["fired"][0]["line"] == 17


@pytest.mark.parametrize("passage", ["", "  ", "\n", "alpha/marie:5-5", "…"])
def test_nothing_to_explain(passage: str, folder: Path, call: Call) -> None:
    ended = call("explain", passage)
    assert ended.code == 0
    assert ended.out


def test_an_interview_that_is_not_there(folder: Path, call: Call) -> None:
    for place, told in (("alpha/mari:0-10", "did you mean « alpha/marie »?"), ("zzz:0-9", "no interview « zzz »")):
        ended = call("explain", place)
        assert ended.code == 1
        assert told in ended.err


def test_elsewhere_than_in_a_study(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, {"c.yaml": CODEBOOK, "texts/a.txt": "R : Une subvention.\n"}))
    assert "argent affirmed" in call("explain", "Une subvention.", "--codebook", "c.yaml").out
    assert "argent affirmed" in call("explain", "a:4-10", "-c", "c.yaml", "--corpus", "texts").out
    assert call("explain", "Une subvention.").code == 1


@pytest.mark.parametrize(
    ("sentence", "own", "polarity"),
    [
        ("On refuse une tutelle.", "negated", "negated"),
        ("On ne refuse pas une tutelle.", "negated", "affirmed"),
        ("Il faudrait une tutelle.", "affirmed", "hypothetical"),
        ("Il fait beau. On ne refuse pas une tutelle. La tutelle, oui.", "negated", "affirmed"),
    ],
)
def test_words_that_bring_points(sentence: str, own: str, polarity: str, folder: Path, call: Call) -> None:
    said = "[{points: 6, words: refuser, polarity: negated}, {points: 5, words: tutelle}]"
    asked = "asked: [{points: 2, words: tutelle}]"
    code = f"  - id: libre\n    label: Libre\n    points: {{needed: 5, rule: 1, clue: 1, said: {said}, {asked}}}\n"
    write(folder, {"codebook.yaml": f"title: T\ncodes:\n{code}"})
    asking = ("explain", sentence, "--question", "Une tutelle ?")
    assert "codebook.yaml:5 counts words" in call(*asking).out
    fired = [one for told in json.loads(call(*asking, "--json").out) for one in told["fired"]]
    assert (fired[0]["rule_id"], fired[0]["own_polarity"], fired[0]["polarity"]) == ("libre-words", own, polarity)
