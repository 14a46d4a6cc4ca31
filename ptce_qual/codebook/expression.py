"""The expressions of rules: words in order, alternatives, wildcards, lists, parts of speech.

    expression  = alternatives , { alternatives } ;            words in order
    alternatives = atom , { "|" , atom } ;                       « | » binds tighter than order
    atom        = word , [ "/" , part ] | list , [ "/" , part ] | "(" , expression , ")" ;
    list        = "@" , name ;
    word        = [ "=" ] , letters, digits, hyphens, apostrophes and « * » wildcards ;    « = »: these very letters
    part        = "NOUN" | "VERB" | "ADJ" | … ;                  a universal part of speech

`docs/rules.md` publishes the grammar; `parse_expression` accepts it and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ptce_qual.folding import fold
from ptce_qual.translation import _

PARTS_OF_SPEECH = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>[|()])|(?P<list>@[\w-]+)|(?P<word>=?[\w*’'ʼ.°&+-]+)|(?P<part>/\s*\w*)|(?P<other>\S))"
)
_ELISION = re.compile(r"(\b(?:lorsqu|puisqu|quoiqu|jusqu|presqu|qu|[cdjlmnstyçz])['’ʼ])(?=.)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_APOSTROPHE = re.compile("['’ʼ]")
_WHOLE = re.compile(r"(?:aujourd|quelqu|prud|presqu|entr|grand)['’ʼ]|.*-d['’ʼ]|l['’ʼ]on$", re.IGNORECASE)


class ExpressionError(ValueError):
    """A broken expression: what is wrong, the column (from 1), and how to mend it."""

    def __init__(self, message: str, column: int, remedy: str) -> None:
        super().__init__(message)
        self.column = column
        self.remedy = remedy


class Word(NamedTuple):  # and no dataclass: there are tens of thousands, made and looked up fast
    """A word, matched against lemmas and forms, or `exact`ly as it is written; `pos` restricts its part of speech."""

    text: str
    pos: str = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list of the codebook, by name; `pos` restricts the part of speech of one-word entries."""

    name: str
    pos: str = ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts in order. `tight` parts follow each other immediately, as the pieces of an elided word do."""

    parts: tuple[Node, ...]
    tight: bool = False


Node = Word | NamedList | AnyOf | Sequence


@lru_cache(maxsize=100_000)
def parse_expression(text: str) -> Node:
    """Parse an expression.

    Raises:
        ExpressionError: the text breaks the grammar.
    """
    if _is_plain(text):  # most are one word, and need no parser
        return Word(text)
    try:
        return _Parser(text).parse()
    except RecursionError:
        message, remedy = _("parentheses stand in parentheses too deeply"), _("Some levels say all there is to say.")
        raise ExpressionError(message, 1, remedy) from None


def expression_text(node: Node) -> str:
    """Return an expression that parses to `node`."""
    match node:
        case Word(text, pos, exact):
            return f"{'=' if exact else ''}{text}{'/' if pos else ''}{pos}"
        case NamedList(name, pos):
            return f"@{name}{'/' if pos else ''}{pos}"
        case AnyOf(options):
            return "|".join(_enclosed(option) for option in options)
        case Sequence(parts, tight):
            return ("" if tight else " ").join(_enclosed(part, among=AnyOf) for part in parts)


def _enclosed(node: Node, among: type[AnyOf] | None = None) -> str:
    text = expression_text(node)
    inside = (
        isinstance(node, AnyOf | Sequence) and not isinstance(node, among or ()) and not getattr(node, "tight", False)
    )
    return f"({text})" if inside else text


def parse_word(text: str) -> Word | None:
    """Parse an expression of one word; None for one of several.

    Raises:
        ExpressionError: the text breaks the grammar.
    """
    node = parse_expression(text)
    return node if isinstance(node, Word) else None


def folded(word: Word) -> Word:
    """Return a word as it is compared: two that are folded alike match the same tokens."""
    return word if word.exact else Word(fold(word.text), word.pos)


def _is_plain(text: str) -> bool:
    return text.isalpha() and "ʼ" not in text  # an apostrophe that Unicode counts among letters


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.kinds = [match.lastgroup for match in self.tokens]
        self.marks = [match[1] for match in self.tokens]  # None for what is no mark
        self.kinds.append(None)
        self.marks.append(None)
        self.position = 0

    def parse(self) -> Node:
        if not self.tokens:
            raise ExpressionError(_("an empty expression"), 1, _("Write at least one word."))
        node = self._sequence()
        if self.position < len(self.tokens):
            self._fail(_("a closing parenthesis without its opening one"), _("Remove it or open one before."))
        return node

    def _sequence(self) -> Node:
        parts = []
        while self.position < len(self.tokens) and self.marks[self.position] != ")":
            parts.append(self._alternatives())
        if not parts:
            self._fail(_("nothing stands between these parentheses"), _("Write words there, or remove them."))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _alternatives(self) -> Node:
        first = self._atom()
        if self.marks[self.position] != "|":
            return first
        options = [first]
        while self.marks[self.position] == "|":
            self.position += 1
            options.append(self._atom())
        return AnyOf(tuple(options))

    def _atom(self) -> Node:
        kind = self.kinds[self.position]
        if kind is None or self.marks[self.position] in ("|", ")"):
            self._fail(_("an alternative is missing beside « | »"), _("Write a word on both sides of « | »."))
        token = self.tokens[self.position]
        self.position += 1
        if kind == "word":
            return self._word(token)
        if kind == "mark":
            node = self._sequence()
            if self.marks[self.position] != ")":
                self._fail(_("a parenthesis is not closed"), _("Add « ) »."), token)
            self.position += 1
            return node
        if kind == "list":
            return NamedList(token["list"][1:], self._part())
        what = token["part"] or token["other"]
        return self._fail(
            _("« {text} » can't stand here", text=what.strip()),
            _("Only words, « | », « * », « @list », « / » after a word and parentheses can."),
            token,
        )

    def _word(self, token: re.Match[str]) -> Node:
        text = token["word"]
        if _is_plain(text):
            return Word(text, self._part())
        if not _LETTER.search(text):
            message = _("« {text} » holds no letter", text=text)
            self._fail(message, _("A wildcard stands with letters: « transversal* »."), token)
        if text.startswith("="):
            if "*" in text:
                self._fail(_("« {text} » is exact and has a wildcard", text=text), _("Remove « = » or « * »."), token)
            return Word(text[1:], self._part(), exact=True)
        part = self._part()
        if not _APOSTROPHE.search(text) or _WHOLE.match(text):
            return Word(text, part)
        pieces = [piece for piece in _ELISION.split(text) if piece]
        if len(pieces) == 1:
            return Word(text, part)
        return Sequence((*(Word(piece) for piece in pieces[:-1]), Word(pieces[-1], part)), tight=True)

    def _part(self) -> str:
        if self.kinds[self.position] != "part":
            return ""
        token = self.tokens[self.position]
        part = token["part"].lstrip("/").strip().upper()
        if part not in PARTS_OF_SPEECH:
            message = _("« {text} » is no part of speech", text=part or "/")
            self._fail(message, _("Use one of {parts}.", parts=", ".join(sorted(PARTS_OF_SPEECH))), token)
        self.position += 1
        return part

    def _fail(self, message: str, remedy: str, token: re.Match[str] | None = None) -> Node:
        if token is None and self.position < len(self.tokens):
            token = self.tokens[self.position]
        column = (token.start() + len(token[0]) - len(token[0].lstrip()) if token else len(self.text)) + 1
        raise ExpressionError(message, column, remedy)
