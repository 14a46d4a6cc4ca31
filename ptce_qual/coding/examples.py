"""The examples of a codebook, which are its tests: each sentence must carry its code, or must not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.codebook.model import Example
from ptce_qual.coding.coder import code_doc
from ptce_qual.coding.rules import RuleSet
from ptce_qual.model import Coding, Problem, Transcript, Turn
from ptce_qual.nlp.docs import docs_for
from ptce_qual.translation import _

_MARKED = re.compile(r"\{([^{}]*)\}")
_NO_QUESTION = "?"
_MEANT = "affirmed"  # where an example names no polarity


@dataclass(frozen=True, slots=True)
class _Case:
    code_id: str
    example: Example
    line: int
    positive: bool


def example_problems(loaded: LoadedCodebook, nlp: Language, rules: RuleSet) -> Iterator[Problem]:
    """Yield the examples that fail, and those that can't be read: a malformed example is a problem, never a pass.

    A positive example must carry its code, with its polarity (affirmed where it names none), by a rule that matches
    words in each of its `{braces}`. A counterexample must not carry its code, or not with the polarity that it names.
    """
    cases = list(_cases(loaded))
    for case, (offset, found) in zip(cases, _codings(cases, nlp, rules), strict=True):
        told = _malformed(case) or _failure(case, found, offset)
        if told:
            message, remedy = told
            yield Problem("error", loaded.file, case.line, message, remedy)


def _cases(loaded: LoadedCodebook) -> Iterator[_Case]:
    for index, code in enumerate(loaded.codebook.codes):
        for key, given in (("examples", code.examples), ("counterexamples", code.counterexamples)):
            for place, example in enumerate(given):
                line = loaded.source.line_of(("codes", index, key, place))
                whole = Example(text=example) if isinstance(example, str) else example
                yield _Case(code.id, whole, line, positive=key == "examples")


def _malformed(case: _Case) -> tuple[str, str] | None:
    rest = _MARKED.sub("", case.example.text)
    if "{" in rest or "}" in rest:
        return _("the braces of the example « {text} » do not match", text=case.example.text), _(
            "Each opening brace needs its closing one."
        )
    if any(not words.strip() for words in _MARKED.findall(case.example.text)):
        return _("braces of the example « {text} » hold nothing", text=case.example.text), _("Put words between them.")
    if not any(char.isalpha() for char in case.example.text):
        return _("the example « {text} » holds no word", text=case.example.text), _("Write a sentence.")
    return None


def _codings(cases: Sequence[_Case], nlp: Language, rules: RuleSet) -> list[tuple[int, list[Coding]]]:
    """Return where each example begins and its codings, all being parsed as answers of one interview."""
    text, turns, starts = "", [], []
    for case in cases:
        question = (case.example.question or _NO_QUESTION) + "\n"
        answer = _MARKED.sub(r"\1", case.example.text)
        start = len(text) + len(question)
        turns += [
            Turn(("E",), "interviewer", len(text), start - 1),
            Turn(("R",), "respondent", start, start + len(answer)),
        ]
        starts.append(start)
        text += f"{question}{answer}\n"
    (doc,) = docs_for([Transcript("", text, tuple(turns))], nlp)
    found: list[tuple[int, list[Coding]]] = [(start, []) for start in starts]
    for coding in code_doc(doc, rules):
        found[bisect_right(starts, coding.start) - 1][1].append(coding)
    return found


def _failure(case: _Case, codings: list[Coding], offset: int) -> tuple[str, str] | None:
    found = [coding for coding in codings if coding.code_id == case.code_id]
    text, polarity = case.example.text, case.example.polarity
    if not case.positive:
        wrong = [coding for coding in found if polarity in (None, coding.polarity)]
        if wrong:
            lines = ", ".join(str(evidence.line) for coding in wrong for evidence in coding.evidence)
            message = _(
                "the counterexample « {text} » carries « {code} » by the rule of line {lines}",
                text=text,
                code=case.code_id,
                lines=lines,
            )
            return message, _("Narrow that rule, with `unless` or a part of speech.")
        return None
    if not found:
        return _("the example « {text} » does not carry « {code} »", text=text, code=case.code_id), _explain(text)
    polarities = sorted({coding.polarity for coding in found})
    if (polarity or _MEANT) not in polarities:
        message = _(
            "the example « {text} » is {found}, and should be {wanted}",
            text=text,
            found=", ".join(polarities),
            wanted=polarity or _MEANT,
        )
        return message, _explain(text)
    if not any(_touches(coding, case.example, offset) for coding in found):
        return _(
            "no rule of « {code} » matches the words in braces of « {text} »", text=text, code=case.code_id
        ), _explain(text)
    return None


def _touches(coding: Coding, example: Example, offset: int) -> bool:
    """Tell whether what one rule matched, wherever it did, stands in each of the marked places."""
    marked = []
    for number, place in enumerate(_MARKED.finditer(example.text)):
        start = offset + place.start() - 2 * number
        marked.append((start, start + len(place[1])))
    matched: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for evidence in coding.evidence:
        matched[evidence.rule_id] += evidence.matches
    return any(
        all(any(first < end and start < last for first, last in of_rule) for start, end in marked)
        for of_rule in matched.values()
    )


def _explain(text: str) -> str:
    words = _MARKED.sub(r"\1", text)
    return _('See why: ptce-qual explain "{words}"', words=words)
