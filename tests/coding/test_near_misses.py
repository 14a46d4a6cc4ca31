"""Why a rule did not fire, and codings as spans of a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from ptce_qual.coding import RuleSet
from ptce_qual.coding.coder import DocCoder
from ptce_qual.coding.near_misses import near_misses
from ptce_qual.model import Transcript, Turn
from ptce_qual.nlp import docs_for, load_pipeline

HEAD = "  - id: theme\n    label: Thème\n    rules:\n      - "


def reasons(nlp: Language, rules: RuleSet, text: str, question: str = "") -> list[str]:
    asked = f"{question}\n" if question else ""
    turns = [Turn(("E",), "interviewer", 0, len(question))] if question else []
    turns.append(Turn(("R",), "respondent", len(asked), len(asked) + len(text)))
    (doc,) = docs_for([Transcript("x", asked + text, tuple(turns))], nlp)
    coder = DocCoder(doc, rules)
    last = coder.sentences[-1].turn
    answer = [sentence for sentence in coder.sentences if sentence.turn == last]
    return [miss.reason for sentence in answer for miss in near_misses(coder, sentence)]


@pytest.mark.parametrize(
    ("rule", "text", "reason"),
    [
        ("{phrase: laisser faire}", "Ils laissent les gens du bourg faire.", "more than 2 words apart"),
        ("{near: [mairie, argent], within: 1}", "La mairie nous donne de l'argent.", "more than 1 words apart"),
        ("{phrase: subvention, unless: [européen]}", "Une subvention européenne.", "« européenne » (unless européen)"),
        ("{phrase: verser, question: argent}", "Ils ont versé.", "the question before does not say: argent"),
        ("{phrase: verser, context: argent}", "Ils ont versé.", "neither the sentences before nor the question"),
        ("{phrase: verser, role: interviewer}", "Ils ont versé.", "only for the role interviewer"),
        ("{phrase: verser, speaker: Nadia}", "Ils ont versé.", "only for the speaker Nadia"),
        ("{phrase: verser, clue: true}", "Ils ont versé.", "a clue"),
        ("{near: [mairie, subvention|argent]}", "La mairie dort.", "nothing here is subvention|argent"),
        ("signer convention|contrat", "On a signé le registre.", "nothing here is convention|contrat"),
        ("verser\n    except: [verser de l'eau]", "Il verse de l'eau.", "an exception of the code"),
    ],
)
def test_what_stood_in_the_way_is_told(
    nlp: Language, rules: Callable[..., RuleSet], rule: str, text: str, reason: str
) -> None:
    (found,) = reasons(nlp, rules(HEAD + rule), text)
    assert reason in found


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("verser", "Ils ont versé."),  # it fired
        ("{near: [mairie, subvention]}", "Il fait beau."),
        ("le la", "Le voilà."),  # a grammatical word alone is near to nothing
    ],
)
def test_rules_that_fire_or_are_far_off_are_no_near_misses(
    nlp: Language, rules: Callable[..., RuleSet], rule: str, text: str
) -> None:
    assert reasons(nlp, rules(HEAD + rule), text) == []


def test_codings_are_spans_of_a_pipeline_with_the_component(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text("title: x\ncodes:\n  - {id: don, label: Don, rules: [verser]}\n", encoding="utf-8")
    nlp = load_pipeline()
    nlp.add_pipe("codebook_coder", config={"codebook": str(path)})
    doc = nlp("Il fait beau. La mairie a rien versé.")
    told = [(span.text, span.label_, span.kb_id_) for span in doc.spans["codings"]]
    assert told == [("La mairie a rien versé.", "don", "negated")]


def test_a_rule_that_brings_too_few_points(nlp: Language, rules: Callable[[str], RuleSet]) -> None:
    compiled = rules(
        "  - id: argent\n    label: Argent\n    rules: [verser]\n"
        "    points: {needed: 9, rule: 5, clue: 2, said: [{points: 3, words: mairie}]}\n"
    )
    (doc,) = docs_for([Transcript("x", "La mairie verse.")], nlp)
    coder = DocCoder(doc, compiled)
    (miss,) = near_misses(coder, coder.sentences[0])
    assert miss.reason == "with all words and rules 8 points of the 9 needed"


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("La mairie, la subvention.", "", ["7 points of the 9 needed"]),
        ("La mairie.", "", []),  # too far off
        ("Le département.", "L'aide et le crédit ?", ["10 points, 9 needed, but without a rule"]),
        ("La mairie, la subvention.", "L'aide ?", []),  # coded
        ("Ils versent.", "", ["5 points of the 9 needed"]),  # a rule holds: told, however few
    ],
)
def test_words_that_bring_too_few_points(
    nlp: Language, rules: Callable[[str], RuleSet], text: str, question: str, told: list[str]
) -> None:
    compiled = rules(
        "  - id: argent\n    label: Argent\n    rules: [verser]\n"
        "    points: {needed: 9, rule: 5, clue: 2, said: [{points: 3, words: mairie}, {points: 4, words: subvention}, "
        "{points: 2, words: département}], asked: [{points: 4, words: aide crédit}]}\n"
    )
    found = reasons(nlp, compiled, text, question)
    assert len(found) == len(told)
    assert all(part in reason for part, reason in zip(told, found, strict=True))
