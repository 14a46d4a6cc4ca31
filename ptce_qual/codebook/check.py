"""What can be wrong with a codebook whose form is right: ids, parents, expressions, lists, regular expressions."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import re2

from ptce_qual.codebook.expression import (
    AnyOf,
    ExpressionError,
    NamedList,
    Node,
    Sequence,
    Word,
    folded,
    parse_expression,
    parse_word,
)
from ptce_qual.codebook.model import PLACES, Code, Codebook, Rule
from ptce_qual.codebook.rule_ids import words_id
from ptce_qual.model import Problem
from ptce_qual.translation import _
from ptce_qual.yaml_lines import Path as YamlPath
from ptce_qual.yaml_lines import YamlSource

_QUIET = re2.Options()
_QUIET.log_errors = False


@dataclass(frozen=True, slots=True)
class LoadedCodebook:
    """A codebook, with the lines of its file and its whole text."""

    codebook: Codebook
    source: YamlSource
    file: str
    text: str

    def rule_line(self, code_index: int, rule_index: int) -> int:
        """Return the line of a rule, by the places of its code and of itself."""
        return self.source.line_of(("codes", code_index, "rules", rule_index))

    def points_line(self, code_index: int) -> int:
        """Return the line of a code's points."""
        return self.source.line_of(("codes", code_index, "points"))

    def words_of_points(self) -> Iterator[tuple[YamlPath, str]]:
        """Yield each word that brings points, with the place of its group in the file."""
        for index, code in enumerate(self.codebook.codes):
            for place in PLACES if code.points else ():
                for number, group in enumerate(getattr(code.points, place)):
                    path: YamlPath = ("codes", index, "points", place, number, "words")
                    yield from ((path, word) for word in group.words.split() or [group.words])

    def expressions(self) -> Iterator[tuple[YamlPath, str]]:
        """Yield each expression with its place in the file."""
        return _expressions(self.codebook)


def find_problems(loaded: LoadedCodebook) -> Iterator[Problem]:
    """Yield what is wrong with a codebook whose form is right."""
    yield from _id_problems(loaded)
    yield from _parent_problems(loaded)
    yield from _expression_problems(loaded)
    yield from _points_problems(loaded)


def _points_problems(loaded: LoadedCodebook) -> Iterator[Problem]:
    first: dict[YamlPath, dict[Word, int]] = defaultdict(dict)
    for path, text in loaded.words_of_points():
        yield from _word_problems(loaded.file, loaded.source.line_of(path), text, first[path[:4]])


def _word_problems(file: str, line: int, text: str, first: dict[Word, int]) -> Iterator[Problem]:
    """Yield what is wrong with a word of points; `first` holds the words before it with their lines."""
    try:
        word = parse_word(text)
    except ExpressionError as error:
        message = _("« {text} », column {column}: {reason}", text=text, column=error.column, reason=error)
        yield Problem("error", file, line, message, error.remedy)
        return
    if word is None:
        yield Problem("error", file, line, _("« {text} » is not one word", text=text), _("Points are of single words."))
        return
    known = folded(word)
    if known in first:
        message = _("the word « {word} » stands twice (first on line {line})", word=text, line=first[known])
        yield Problem("error", file, line, message, _("Remove one of the two."))
    first.setdefault(known, line)


def _id_problems(loaded: LoadedCodebook) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, code in enumerate(loaded.codebook.codes):
        line = loaded.source.line_of(("codes", index, "id"))
        for name in (code.id, *code.formerly):
            if name in first:
                message = _("the id « {id} » stands twice (first on line {line})", id=name, line=first[name])
                yield Problem("error", loaded.file, line, message, _("Give one of the codes another id."))
            first.setdefault(name, line)
    rules = {words_id(code.id): loaded.points_line(at) for at, code in enumerate(loaded.codebook.codes) if code.points}
    for line, _code, rule in _rules(loaded):
        if isinstance(rule, Rule) and rule.id:
            if rule.id in rules:
                message = _("the rule id « {id} » stands twice (first on line {line})", id=rule.id, line=rules[rule.id])
                yield Problem("error", loaded.file, line, message, _("Give one of the rules another id."))
            rules.setdefault(rule.id, line)


def _parent_problems(loaded: LoadedCodebook) -> Iterator[Problem]:
    parents = {code.id: code.parent for code in loaded.codebook.codes}
    for index, code in enumerate(loaded.codebook.codes):
        line = loaded.source.line_of(("codes", index, "parent"))
        if code.parent is not None and code.parent not in parents:
            message = _("code « {code} » names an unknown parent « {parent} »", code=code.id, parent=code.parent)
            yield Problem("error", loaded.file, line, message, _did_you_mean(code.parent, parents))
        chain, parent = [code.id], code.parent
        while parent is not None and parent in parents and parent not in chain:
            chain.append(parent)
            parent = parents[parent]
        if parent == code.id:
            message = _(
                "code « {code} » is its own ancestor: {chain}", code=code.id, chain=" → ".join([*chain, parent])
            )
            yield Problem("error", loaded.file, line, message, _("Remove one of these parents."))


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return _("Did you mean « {name} »?", name=close[0]) if close else _("Define it, or correct the name.")


def _rules(loaded: LoadedCodebook) -> Iterator[tuple[int, Code, Rule | str]]:
    for index, code in enumerate(loaded.codebook.codes):
        for number, rule in enumerate(code.rules):
            yield loaded.rule_line(index, number), code, rule


def _expression_problems(loaded: LoadedCodebook) -> Iterator[Problem]:
    lists = loaded.codebook.lists
    used: dict[str, set[str]] = {}
    for path, text in loaded.expressions():
        try:
            node = parse_expression(text)
        except ExpressionError as error:
            line = loaded.source.line_of(path)
            message = _("« {text} », column {column}: {reason}", text=text, column=error.column, reason=error)
            yield Problem("error", loaded.file, line, message, error.remedy)
            continue
        names = set(_list_names(node)) if "@" in text else set()
        for name in sorted(names - lists.keys()):
            line = loaded.source.line_of(path)
            message = _("« @{name} » names a list that does not exist", name=name)
            yield Problem("error", loaded.file, line, message, _did_you_mean(name, lists))
        if path[0] == "lists":
            used.setdefault(str(path[1]), set()).update(names & lists.keys())
    for name in sorted(name for name in used if _reaches(used, name, name)):
        line = loaded.source.line_of(("lists", name))
        message = _("the list « {name} » holds itself", name=name)
        yield Problem("error", loaded.file, line, message, _("Remove the « @ » that closes the circle."))
    for line, _code, rule in _rules(loaded):
        if isinstance(rule, Rule) and rule.regex is not None:
            try:
                re2.compile(rule.regex, _QUIET)
            except re2.error as error:
                message = _(
                    "the regular expression « {regex} » is refused: {reason}",
                    regex=rule.regex,
                    reason=_re2_message(error),
                )
                remedy = _("RE2 has no back-references nor look-around; say it with words, or with `unless`.")
                yield Problem("error", loaded.file, line, message, remedy)


def _re2_message(error: Exception) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode() if isinstance(reason, bytes) else str(reason)


def _reaches(edges: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return False


def _list_names(node: Node) -> Iterator[str]:
    if isinstance(node, NamedList):
        yield node.name
    elif isinstance(node, AnyOf):
        for option in node.options:
            yield from _list_names(option)
    elif isinstance(node, Sequence):
        for part in node.parts:
            yield from _list_names(part)


def _expressions(codebook: Codebook) -> Iterator[tuple[YamlPath, str]]:
    for name, entries in codebook.lists.items():
        for number, entry in enumerate(entries):
            yield ("lists", name, number), entry
    for index, code in enumerate(codebook.codes):
        for number, entry in enumerate(code.except_):
            yield ("codes", index, "except", number), entry
        for number, rule in enumerate(code.rules):
            path: YamlPath = ("codes", index, "rules", number)
            if isinstance(rule, str):
                yield path, rule
                continue
            yield from (
                ((*path, key), value)
                for key in ("phrase", "question", "context")
                if (value := getattr(rule, key)) is not None
            )
            for key in ("near", "all", "any", "none", "unless"):
                yield from (((*path, key, at), entry) for at, entry in enumerate(getattr(rule, key) or ()))
