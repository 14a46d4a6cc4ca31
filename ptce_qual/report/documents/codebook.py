"""The codebook as a team reads it: each theme with its definition, what it takes in and leaves out, and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ptce_qual.analysis.unit_names import unit_name
from ptce_qual.codebook.model import Code, Example
from ptce_qual.codebook.tree import codes_in_order
from ptce_qual.report.contents import Contents
from ptce_qual.report.documents.word import Word
from ptce_qual.translation import _, _n
from ptce_qual.wording import polarity

_MARKED = re.compile(r"\{([^{}]*)\}")


def render_codebook(contents: Contents) -> bytes:
    """Return the codebook of results as a document (.docx): the same bytes for the same contents."""
    codebook = contents.coded.codebook
    tree = codes_in_order(codebook, {code.id for code in codebook.codes})
    version = _("Codebook, version {version}", version=codebook.version)
    codes = _n("{count} code", "{count} codes", len(codebook.codes))
    rules = _n("{count} rule", "{count} rules", sum(len(code.rules) for code in codebook.codes))
    word = Word(codebook.title, f"{version} · {codes} · {rules}")
    word.text(_("Coded are {units}. In examples, the words in bold are those that a rule should find.",
                units=unit_name(codebook.unit)))  # fmt: skip
    word.contents([(depth + 1, label) for depth, _code_id, label in tree])
    for depth, code_id, label in tree:
        word.heading(depth + 1, label)
        _add_code(word, codebook.by_id[code_id])
    return word.close()


def _add_code(word: Word, code: Code) -> None:
    facts = [code.id]
    if code.rules:
        facts.append(_n("{count} rule", "{count} rules", len(code.rules)))
    if code.points:
        facts.append(_n("{count} word that brings points", "{count} words that bring points", code.points.word_count))
    if not code.rules and not code.points:
        facts.append(_("no rule of its own"))
    if code.formerly:
        facts.append(_("formerly {ids}", ids=", ".join(code.formerly)))
    word.facts(" · ".join(facts))
    for name, text in (
        (_("Definition:"), code.definition),
        (_("Include:"), code.include),
        (_("Exclude:"), code.exclude),
    ):
        if text.strip():
            word.text(text.strip(), name)
    _add_examples(word, _("Examples"), code.examples)
    _add_examples(word, _("Counterexamples: these do not carry it"), code.counterexamples)


def _add_examples(word: Word, name: str, examples: Sequence[Example | str]) -> None:
    if examples:
        word.name(name)
    for given in examples:
        one = Example(text=given) if isinstance(given, str) else given
        if one.question:
            word.question(_("To the question « {question} »:", question=one.question))
        word.example(_pieces(one.text), f" ({polarity(one.polarity)})" if one.polarity else "")


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of an example, and whether each is between braces."""
    for place, piece in enumerate(_MARKED.split(text)):
        if piece:
            yield piece, place % 2 == 1
