"""Check a codebook as code is checked: form, ids, rules, words, and the examples, which are its tests."""

from __future__ import annotations

from pathlib import Path

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.idle import idle_rules, loose_bars
from ptce_qual.codebook.load import read_codebook
from ptce_qual.coding.examples import example_problems
from ptce_qual.coding.rules import RuleSet
from ptce_qual.coding.word_checks import word_problems
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.nlp.pipeline import load_pipeline


def check_codebook(path: Path, *, model: str | None = None) -> tuple[LoadedCodebook | None, list[Problem]]:
    """Return a codebook and everything that is wrong with it; the rules are only tried where its form is right."""
    loaded, problems = read_codebook(path)
    if loaded is None or any(problem.severity == "error" for problem in problems):
        return loaded, problems
    nlp = load_pipeline(model)
    problems += [*idle_rules(loaded), *loose_bars(loaded), *word_problems(loaded, nlp)]
    try:
        problems += example_problems(loaded, nlp, RuleSet(loaded, nlp.vocab))
    except InputError as error:
        problems += [problem for problem in error.problems if isinstance(problem, Problem)]
    return loaded, sorted(problems, key=lambda problem: problem.line or 0)
