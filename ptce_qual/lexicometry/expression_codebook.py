"""An expression as a codebook of one rule: what is looked for in texts is looked for as codes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ptce_qual.codebook.check import LoadedCodebook, find_problems
from ptce_qual.codebook.model import Code, Codebook, Rule
from ptce_qual.errors import InputError
from ptce_qual.model import Problem
from ptce_qual.translation import _
from ptce_qual.yaml_lines import YamlSource
from ptce_qual.yaml_models import StrictModel, parse_yaml_model

FILE = "EXPRESSION"
"""What stands as the place of problems of an expression."""

_CODE = "expression"


class _Given(StrictModel):
    rule: Rule


def parse_rule(expression: str) -> Rule:
    """Return the rule of an expression of the rule language, or of a whole rule as a YAML mapping in braces.

    Every match counts: `clue` is left aside, and each place of `any` is one, not the first of a sentence only.

    Raises:
        InputError: the mapping is no rule.
    """
    if not expression.lstrip().startswith("{"):
        return Rule(phrase=expression)
    given, source, problems = parse_yaml_model(_Given, f"rule: {expression.strip()}", FILE)
    if given is None:
        raise _unusable([_with_quotes(problem) if source is None else problem for problem in problems])
    rule = given.rule.model_copy(update={"clue": False})
    if rule.any and not rule.all:
        return rule.model_copy(update={"any": None, "phrase": "|".join(f"({one})" for one in rule.any)})
    return rule


def names_lists(rule: Rule) -> bool:
    """Tell whether a rule names lists of a codebook."""
    return any("@" in text for _path, text in _codebook(rule, {}).expressions())


def codebook_of(rule: Rule, lists: Mapping[str, Sequence[str]] | None = None) -> LoadedCodebook:
    """Return a codebook of one rule.

    Args:
        lists: those that the rule may name.

    Raises:
        InputError: an expression breaks the grammar or names an unknown list, or a regular expression is refused.
    """
    loaded = _codebook(rule, lists or {})
    problems = list(find_problems(loaded))
    if problems:
        raise _unusable(problems)
    return loaded


def _with_quotes(problem: Problem) -> Problem:
    """Return what is wrong with the YAML with what is most often so."""
    return replace(
        problem, remedy=_('Close brackets, and quote what begins with « @ » or « * »: {near: ["@list", word]}.')
    )


def _codebook(rule: Rule, lists: Mapping[str, Sequence[str]]) -> LoadedCodebook:
    code = Code(id=_CODE, label=FILE, rules=[rule])
    codebook = Codebook(title=FILE, lists={name: list(entries) for name, entries in lists.items()}, codes=[code])
    return LoadedCodebook(codebook, YamlSource(None, {}), FILE, "")


def _unusable(problems: Sequence[Problem]) -> InputError:
    """Return the error; an expression has no lines."""
    told = {(one.message, one.remedy): replace(one, line=None) for one in problems}
    return InputError(_("the expression can't be used; nothing was looked for"), tuple(told.values()))
