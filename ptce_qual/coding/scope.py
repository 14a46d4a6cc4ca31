"""What a cue bears on: by the parse, and by nearness where no clause begins between.

The relations are those of Universal Dependencies, as the spoken treebanks use them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from ptce_qual.coding.cues import Cue, cue_lists
from ptce_qual.nlp.words import is_word

_CLAUSES = frozenset(
    {"ROOT", "ccomp", "advcl", "advcl:cleft", "acl:relcl", "csubj", "parataxis", "parataxis:insert", "parataxis:parenth"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_GOVERNED = frozenset({"ccomp", "csubj", "xcomp"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer", "expl:subj"})
_COMPLEMENTS = frozenset({"obj", "xcomp", "ccomp", "nsubj:pass", "obl:arg", "dislocated", "obj:lvc", "csubj"})
_CLOSE = 4


def bears_on(doc: Doc, cue: Cue, inside: list[int]) -> bool:
    """Tell whether a cue bears on a match, given as the indices of its tokens."""
    first, last = inside[0], inside[-1] + 1
    between = doc[cue.end : first] if cue.end <= first else doc[last : cue.start]
    if not cue_lists().breaks.isdisjoint(_words(between)):
        return False
    if cue.kind == "opening":
        return cue.start < last
    if cue.kind == "phrase" and cue.end <= first and _is_close(between):
        return True
    return any(_governs(doc, cue, doc[index]) for index in inside)


def denied(doc: Doc, cue: Cue) -> Token:
    """Return the word that a negation denies: the same for the two of « n'a plus rien », not for « peut pas ne pas venir »."""
    token = doc[cue.start]
    if cue.kind != "clause":
        return token
    if token.dep_ == "advmod" and token.head.pos_ in _VERBAL and token.head.dep_ == "xcomp":
        return token.head
    clause = clause_of(token)
    return next((child for child in clause.children if child.dep_ == "mark" and child.i > token.i), clause)


def clause_of(token: Token) -> Token:
    """Return the head of the clause that a token stands in."""
    while token.head != token and not _heads_clause(token):
        token = token.head
    return token


def _heads_clause(token: Token) -> bool:
    if token.dep_ in _CLAUSES or (token.dep_ == "conj" and token.pos_ in _VERBAL):
        return True
    return token.dep_ != "xcomp" and any(child.dep_ in _SUBJECTS or child.dep_ == "cop" for child in token.children)


def _words(tokens: Iterable[Token]) -> list[str]:
    words = [token.norm_ for token in tokens]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _is_close(between: Iterable[Token]) -> bool:
    """Tell whether few words and no beginning of a clause stand between « sans » and what follows."""
    words = [token for token in between if is_word(token.text)]
    if any(token.dep_ in _SUBJECTS or token.dep_ == "mark" and token.pos_ == "SCONJ" for token in words):
        return False
    return len(words) <= _CLOSE


def _governs(doc: Doc, cue: Cue, token: Token) -> bool:
    head = doc[cue.start]
    if cue.kind == "phrase":
        return _is_complement(doc[cue.end - 1], token) or _is_complement(head, token)
    if cue.kind == "verb":
        return _is_denied_by(head, token)
    clause = clause_of(head)
    if clause_of(token) == clause:
        return not _is_frame(token, clause, head)
    if _is_in_what(clause, token):
        return True
    if cue.kind == "clause":
        return _is_of_denied(token, head, clause) or (
            clause.lemma_ in cue_lists().raising and _is_governed(clause_of(token), clause)
        )
    return head.i < token.i and clause in token.ancestors and _is_governed(clause_of(token), clause, strict=False)


def _is_complement(marker: Token, token: Token) -> bool:
    """Tell whether `token` belongs to what a preposition or a conjunction introduces."""
    return marker.dep_ in ("case", "mark") and marker.i < token.i and marker.head in (token, *token.ancestors)


def _is_denied_by(verb: Token, token: Token) -> bool:
    """Tell whether `token` belongs to what is refused, cut, prevented: an object, or what a participle qualifies."""
    if verb.dep_ == "acl":
        return verb.head == token
    for link in (token, *token.ancestors):
        if link.head == verb and link != verb:
            return link.dep_ in _COMPLEMENTS
    return False


def _is_frame(token: Token, clause: Token, cue: Token) -> bool:
    """Tell « au début », which no cue bears on, in « au début, on avait pas de local »."""
    link = next((link for link in (token, *token.ancestors) if link.head == clause), clause)
    if link.dep_ != "obl:mod" or link.i > cue.i:
        return False
    return any(child.dep_ in _SUBJECTS and child.i > link.i for child in clause.children)


def _is_in_what(clause: Token, token: Token) -> bool:
    """Tell whether `clause` is that of « ce qu'il faudrait, c'est… » and `token` what comes after."""
    if clause.dep_ != "acl:relcl" or clause.head.norm_ != "ce" or clause.head.dep_ not in ("dislocated", *_SUBJECTS):
        return False
    return token.i > clause.i and clause_of(token) == clause_of(clause.head)


def _is_of_denied(token: Token, cue: Token, clause: Token) -> bool:
    """Tell whether `token` is in the relative clause of what is said not to be: « personne qui… », « y a pas de service qui… »."""
    relative = clause_of(token)
    if relative.dep_ not in ("acl:relcl", "advcl:cleft"):
        return False
    antecedent = relative.head
    if antecedent in (cue, cue.head) and cue.dep_ in ("det", "obj", *_SUBJECTS, "ROOT"):
        return True
    if antecedent == clause:
        return any(child.dep_ == "cop" for child in clause.children)
    return antecedent.head == clause and antecedent.dep_ == "obj" and clause.lemma_ == "avoir"


def _is_governed(clause: Token, by: Token, *, strict: bool = True) -> bool:
    """Tell whether `clause` is what `by` says, wants or thinks, at any depth of such clauses."""
    for link in _clauses_above(clause):
        if link == by:
            return True
        joins = link.dep_ == "conj" and link.head != by
        if link.dep_ not in _GOVERNED and not joins and (strict or link.dep_ not in ("acl:relcl", "advcl")):
            return False
    return False


def _clauses_above(clause: Token) -> Iterator[Token]:
    while True:
        yield clause
        if clause.head == clause:
            return
        clause = clause_of(clause.head)
