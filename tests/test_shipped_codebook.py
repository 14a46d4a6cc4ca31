"""The study's codebook: sound, complete, and true to its own examples."""

import re
from collections import Counter
from pathlib import Path

import pytest
from spacy.language import Language

from ptce_qual.codebook import Example, load_codebook, read_codebook
from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.model import Coding, Transcript, Turn
from ptce_qual.nlp import docs_for, load_pipeline

PATH = Path(__file__).parent.parent / "codebook.yaml"
LEAVES = set(
    "emergence cellule_animation services_mutualises modele_economique eco_construction agriculture_circuits_courts"
    " culture dechets_ressourceries energie insertion innovation processus_collectif visibilite_ess changement_echelle"
    " structuration_territoriale prospective gestion_services soutien_financier catalyseur accompagnement"
    " politiques_publiques autonomie contractualisation transversalite cooperation_echelons concertation"
    " soutien_animation_rd".split()
)
BRANCHES = {"profil", "ambitions", "role_collectivites", "leviers"}


@pytest.fixture(scope="module")
def loaded() -> LoadedCodebook:
    return load_codebook(PATH)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="module")
def rules(loaded: LoadedCodebook, nlp: Language) -> RuleSet:
    return RuleSet(loaded, nlp.vocab)


def test_nothing_is_wrong_with_it() -> None:
    assert read_codebook(PATH)[1] == []


def test_the_codes_are_those_of_the_study(loaded: LoadedCodebook) -> None:
    codes = loaded.codebook.codes
    assert {code.id for code in codes} == LEAVES | BRANCHES
    for code in codes:
        assert bool(code.rules) == (code.id in LEAVES)
        assert (code.parent in BRANCHES) == (code.id in LEAVES)
        if code.id in LEAVES:
            assert code.definition
            assert len(code.examples) >= 6
            assert len(code.counterexamples) >= 4


def as_example(example: Example | str) -> Example:
    return Example(text=example) if isinstance(example, str) else example


def codings_of(example: Example, nlp: Language, rules: RuleSet) -> list[Coding]:
    answer = re.sub("[{}]", "", example.text)
    question = f"{example.question}\n" if example.question else ""
    turns = [Turn(("R",), "respondent", len(question), len(question) + len(answer))]
    if question:
        turns.insert(0, Turn(("E",), "interviewer", 0, len(question) - 1))
    (doc,) = docs_for([Transcript("example", question + answer, tuple(turns))], nlp)
    return code_doc(doc, rules)


def test_examples_carry_their_code_and_counterexamples_do_not(
    loaded: LoadedCodebook, nlp: Language, rules: RuleSet
) -> None:
    failures: Counter[str] = Counter()
    for code in loaded.codebook.codes:
        for example in map(as_example, code.examples):
            found = [coding for coding in codings_of(example, nlp, rules) if coding.code_id == code.id]
            polarities = {coding.polarity for coding in found}
            if not found or (example.polarity and example.polarity not in polarities):
                failures[f"{code.id}: {example.text} → {polarities or 'not coded'}"] += 1
        for example in map(as_example, code.counterexamples):
            if any(coding.code_id == code.id for coding in codings_of(example, nlp, rules)):
                failures[f"{code.id}: {example.text} → coded"] += 1
    assert sorted(failures) == []
