"""What a cue bears on, by the clauses of the parse.

The relations are those of Universal Dependencies, as the spoken treebanks use them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from ptce_qual.coding.cues import Cue, Kind, cue_lists
from ptce_qual.nlp.words import is_word

_CLAUSES = frozenset(
    {
        "ROOT",
        "ccomp",
        "advcl",
        "advcl:cleft",
        "acl:relcl",
        "csubj",
        "parataxis",
        "parataxis:insert",
        "parataxis:parenth",
    }
)
_NEVER_CLAUSES = frozenset({"xcomp", "cop", "fixed", "aux:tense", "aux:pass", "aux:caus"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
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
    if cue.kind == "phrase" and cue.end <= first and _is_close(between):
        return True
    bears = _SCOPES[cue.kind]
    if cue.kind == "clause" and _part(doc[cue.start]) is not None:
        # « on finance des projets, pas du fonctionnement » has its verb, and nothing else, in common with the part
        inside = [index for index in inside if doc[index].pos_ in _NOMINAL] or inside
        return all(bears(doc, cue, doc[index]) for index in inside)
    return any(bears(doc, cue, doc[index]) for index in inside)


def denied(doc: Doc, cue: Cue) -> Token:
    """Return what a negation denies: the same for the two of « n'a plus rien », not for « peut pas ne pas venir »."""
    token = doc[cue.start]
    if cue.kind != "clause":
        return token
    if token.dep_ == "advmod" and token.head.dep_ == "xcomp" and not _follows_finite(token):
        return token.head
    clause = _denied_clause(token)
    return next((child for child in clause.children if child.dep_ == "mark" and child.i > token.i), clause)


def clause_of(token: Token) -> Token:
    """Return the head of the clause that a token stands in."""
    while token.head != token and not _heads_clause(token):
        token = token.head
    return token


def _heads_clause(token: Token) -> bool:
    if token.dep_ in _CLAUSES or (token.dep_ == "conj" and token.pos_ in _VERBAL):
        return True
    if token.dep_ in _NEVER_CLAUSES:
        return False
    return _is_finite(token) or any(child.dep_ == "cop" or child.dep_ in _SUBJECTS for child in token.children)


def _is_finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm", [])


def _follows_finite(token: Token) -> bool:
    return token.i > 0 and _is_finite(token.nbor(-1))


def _denied_clause(cue: Token) -> Token:
    """Return the clause of a negation: that of the verb it follows, whatever the parse says, else by the parse."""
    return clause_of(cue.nbor(-1) if _follows_finite(cue) else cue)


def _words(tokens: Iterable[Token]) -> list[str]:
    words = [token.norm_ for token in tokens]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _is_close(between: Iterable[Token]) -> bool:
    """Tell whether few words and no beginning of a clause stand between « sans » and what follows."""
    words = [token for token in between if is_word(token.text)]
    return len(words) <= _CLOSE and not any(token.dep_ in _SUBJECTS or token.pos_ == "SCONJ" for token in words)


def _is_complement(doc: Doc, cue: Cue, token: Token) -> bool:
    """Tell whether `token` belongs to what « sans » or « au lieu de » introduces."""
    markers = [marker for marker in (doc[cue.start], doc[cue.end - 1]) if marker.dep_ in ("case", "mark")]
    return any(marker.i < token.i and marker.head in (token, *token.ancestors) for marker in markers)


def _is_refused(doc: Doc, cue: Cue, token: Token) -> bool:
    """Tell whether `token` belongs to what is refused, ended, prevented: an object, or what a participle qualifies."""
    verb = doc[cue.start]
    if verb.dep_ == "acl":
        return verb.head == token
    link = _link(token, verb)
    return link != verb and link.dep_ in _COMPLEMENTS


def _is_opened(doc: Doc, cue: Cue, token: Token) -> bool:
    """Tell whether `token` is in the clause that « si » opens, or in what follows from it."""
    head = doc[cue.end - 1]
    opened = clause_of(head.head if head.dep_ == "mark" or cue.end >= len(doc) else doc[cue.end])
    clauses = [opened, clause_of(opened.head)] if opened.dep_ == "advcl" else [opened]
    clause = clause_of(token)
    return token.i >= cue.end and any(clause == other or _is_governed(clause, other) for other in clauses)


def _is_denied(doc: Doc, cue: Cue, token: Token) -> bool:
    head = doc[cue.start]
    part = _part(head)
    if part is not None:
        return part in (token, *token.ancestors)
    denied = _denied_clause(head)
    clause = clause_of(token)
    if _is_in(denied, token, head) or _is_of_denied(clause, head, denied) or _is_aim(clause, denied):
        return True
    return denied.lemma_ in cue_lists().raising and _is_said(clause, denied)


def _is_doubted(doc: Doc, cue: Cue, token: Token) -> bool:
    part = _part(doc[cue.start])
    return _is_wished(doc, cue, token) if part is None else part in (token, *token.ancestors)


def _is_wished(doc: Doc, cue: Cue, token: Token) -> bool:
    head = doc[cue.start]
    clause = clause_of(head)
    return _is_in(clause, token, head) or (head.i < token.i and _is_governed(clause_of(token), clause))


def _is_wished_by(doc: Doc, cue: Cue, token: Token) -> bool:
    """Tell whether `token` is wished; who wishes is not."""
    return _link(token, doc[cue.start]).dep_ not in _SUBJECTS and _is_wished(doc, cue, token)


_SCOPES: dict[Kind, Callable[[Doc, Cue, Token], bool]] = {
    "clause": _is_denied,
    "phrase": _is_complement,
    "verb": _is_refused,
    "opening": _is_opened,
    "adverb": _is_doubted,
    "governing": _is_wished_by,
    "mood": _is_wished,
}


def _link(token: Token, head: Token) -> Token:
    """Return the dependent of `head` that `token` is in, or `head` where it is in none."""
    return next((link for link in (token, *token.ancestors) if link.head == head), head)


def _part(cue: Token) -> Token | None:
    """Return the part of a clause on which alone a cue bears, as in « on se voit l'hiver, pas en juillet »."""
    part = cue.head
    while part.dep_ == "advmod" and part.head != part:
        part = part.head
    if cue.dep_ != "advmod" or _follows_finite(cue) or part.pos_ in _VERBAL or part == clause_of(part):
        return None
    return part


def _is_in(clause: Token, token: Token, cue: Token) -> bool:
    """Tell whether `token` is in the clause of `cue`, or in « c'est… » after « ce qu'il faudrait »."""
    if clause_of(token) == clause:
        return not _is_frame(token, clause, cue)
    if clause.dep_ != "acl:relcl" or clause.head.norm_ != "ce" or clause.head.dep_ not in ("dislocated", *_SUBJECTS):
        return False
    return token.i > clause.i and clause_of(token) == clause_of(clause.head)


def _is_frame(token: Token, clause: Token, cue: Token) -> bool:
    """Tell « au début », on which no cue bears, in « au début, on avait pas de local »."""
    link = _link(token, clause)
    if link.dep_ != "obl:mod" or link.i > cue.i:
        return False
    return any(child.dep_ in _SUBJECTS and child.i > link.i for child in clause.children)


def _is_of_denied(relative: Token, cue: Token, clause: Token) -> bool:
    """Tell whether a relative clause is of what is said not to be: « personne qui… », « pas de service qui… »."""
    if relative.dep_ not in ("acl:relcl", "advcl:cleft"):
        return False
    antecedent = relative.head
    if antecedent in (cue, cue.head) and cue.dep_ in ("det", "obj", "ROOT", *_SUBJECTS):
        return True
    if antecedent == clause:
        return any(child.dep_ == "cop" for child in clause.children)
    return antecedent.head == clause and antecedent.dep_ == "obj" and clause.lemma_ == "avoir"


def _is_aim(clause: Token, of: Token) -> bool:
    """Tell whether `clause` is the aim of what is denied: « y avait personne pour nous aider »."""
    aims = clause.dep_ == "advcl" and clause.head == of and not _is_finite(clause)
    return aims and any(child.norm_ == "pour" and child.i > of.i for child in clause.children)


def _is_said(clause: Token, by: Token) -> bool:
    """Tell whether `clause` is what `by` thinks or says, at any depth: « je crois pas qu'on puisse dire que… »."""
    for link in _clauses_above(clause):
        if link == by:
            return True
        marked = link.dep_ != "ccomp" or any(child.dep_ == "mark" and child.i > by.i for child in link.children)
        if link.dep_ not in _GOVERNED or not marked:
            return False
    return False


def _is_governed(clause: Token, by: Token) -> bool:
    """Tell whether `clause` hangs on what `by` wishes or supposes: object, relative clause, joined by « et »."""
    for link in _clauses_above(clause):
        if link == by:
            return True
        if link.dep_ == "conj" and (link.head == by or _is_on_its_own(link)):
            return False
        if link.dep_ not in ("acl:relcl", "advcl", "conj", *_GOVERNED):
            return False
    return False


def _is_on_its_own(clause: Token) -> bool:
    """Tell « et on embauche » from « et qu'on embauche » and « et embaucher »."""
    dependents = {child.dep_ for child in clause.children}
    return "mark" not in dependents and not dependents.isdisjoint(_SUBJECTS)


def _clauses_above(clause: Token) -> Iterator[Token]:
    yield clause
    while clause.head != clause:
        clause = clause_of(clause.head)
        yield clause
