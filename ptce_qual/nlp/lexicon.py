"""The lexicon of French forms: which parts of speech a form can have, and its lemma as each of them.

It is made at training time (`training/lexicon.py`), travels in the pipeline's own `vocab.lookups` and answers two
questions: the *class* of a form, which the neural network embeds, and its lemmas, among which the lemmatizer chooses
once the part of speech is known. Regular plurals and the regular conjugation in -er are rules, not entries.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cached_property
from typing import Self
from weakref import WeakKeyDictionary

import numpy as np
from spacy.lookups import Lookups
from spacy.vocab import Vocab

from ptce_qual.folding import BARE, SHAPES, fold

TABLE = "french_lexicon"

_ER_ENDINGS = tuple(
    "e es ons ez ent ais ait ions iez aient ai as a âmes âtes èrent erai eras era erons erez eront erais erait erions"
    " eriez eraient asse asses ât assions assiez assent ant é ée és ées".split()
)
_FINITE_ENDINGS = ("es", "ez", "ons", "ent", "ais", "ait")
_PARTICIPLES = ("é", "ée", "és", "ées")
_ACCENTED = frozenset(chr(code) for code in BARE)
_INITIALS = {"a": "àâ", "c": "ç", "e": "éèê", "i": "î", "o": "ôœ", "u": "ù"}
_OPTIONAL = re.compile("oe|[iu]")  # « coeur », and « traine » of the 1990 spelling
_FULL = {"oe": "œ", "i": "î", "u": "û"}
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "AUX"})

Analysis = tuple[str, str]
"""(part of speech, lemma)."""


def encode_lemma(form: str, lemma: str) -> str:
    """Return the rule that turns `form` into `lemma`: the length to cut from its end, then what to add."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return f"{len(form) - shared}{lemma[shared:]}"


def _decode_lemma(form: str, rule: str) -> str:
    digits = len(rule) - len(rule.lstrip("0123456789"))
    return form[: len(form) - int(rule[:digits])] + rule[digits:]


class Lexicon:
    """Forms with their analyses.

    Args:
        forms: lower-case forms, in the order of `signatures`.
        signatures: for each form its analyses by the outside lexicon, written `NOUN:1|VERB:0r`.
        observed: for each form its analyses as the treebanks annotate them, likewise; they are looked at first when
            lemmatising, and never when the class of a form is asked for, lest training see more than it will later.
    """

    def __init__(self, forms: Iterable[str], signatures: Iterable[str], observed: dict[str, str]) -> None:
        self._signatures = dict(zip(forms, signatures, strict=True))
        self._observed = observed

    @classmethod
    def from_lookups(cls, lookups: Lookups) -> Self:
        """Read the lexicon from the pipeline's tables. An absent table gives an empty lexicon."""
        if not lookups.has_table(TABLE):
            return cls((), (), {})
        table = lookups.get_table(TABLE)
        forms, kinds, codes, observed = (zlib.decompress(table[key]).decode() for key in _COLUMNS)
        places = np.frombuffer(codes.encode("utf-32-le"), dtype="<u4") - _CODE_BASE
        signatures = map(kinds.split("\n").__getitem__, places.tolist())
        pairs = (line.split("\t") for line in observed.split("\n") if line)
        return cls(forms.split("\n"), signatures, dict(pairs))

    def to_lookups(self) -> Lookups:
        """Return the lexicon as one spaCy table, which is saved with the pipeline."""
        kinds = sorted(set(self._signatures.values()))
        code = {signature: chr(_CODE_BASE + number) for number, signature in enumerate(kinds)}
        columns = (
            "\n".join(self._signatures),
            "\n".join(kinds),
            "".join(code[signature] for signature in self._signatures.values()),
            "\n".join(f"{form}\t{signature}" for form, signature in sorted(self._observed.items())),
        )
        lookups = Lookups()
        lookups.add_table(
            TABLE, {key: zlib.compress(text.encode(), 9) for key, text in zip(_COLUMNS, columns, strict=True)}
        )
        return lookups

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        """An accented form by its spelling without accents, for words all in capitals (« ECOLE »)."""
        forms = [form for form in reversed(self._signatures) if not form.isascii()]
        bare = "\n".join(forms)
        for char in sorted(set(bare).intersection(_ACCENTED)):  # on one text: much faster than on each form
            bare = bare.replace(char, str(char.translate(BARE)))
        return dict(zip(bare.split("\n"), forms, strict=True))

    def words(self) -> set[str]:
        """Return all forms that have an entry; regular ones that follow from a rule have none."""
        return set(self._signatures) | set(self._observed)

    def standard(self, word: str) -> str:
        """Return `word` as the lexicon writes it: lower case, straight apostrophe, « œ », accents of capitals."""
        form = word.lower().translate(SHAPES)
        if form in self._signatures or form in self._observed or not form.isalpha():
            return form
        if word.isupper() and len(word) > 1:
            return self._by_fold.get(fold(form), form)
        return next((spelling for spelling in _respelled(word, form) if spelling in self._signatures), form)

    def analyses(self, form: str) -> list[Analysis]:
        """Return the analyses of the standard `form`, entries before rules."""
        found = self._read(form, self._signatures.get(form, ""))
        return found + [analysis for analysis in self._by_rule(form) if analysis not in found]

    def lemmas(self, form: str, pos: str) -> list[str]:
        """Return the lemmas that `form` may have as `pos`, those seen in the treebanks first."""
        pos_group = ("VERB", "AUX") if pos in ("VERB", "AUX") else (pos,)
        observed = self._read(form, self._observed.get(form, ""))
        exact = [lemma for tag, lemma in observed if tag == pos]
        if exact:
            return exact
        analyses = self.analyses(form)
        of_pos = [lemma for tag, lemma in analyses if tag in pos_group]
        if not of_pos and pos in _OPEN and form.endswith(_FINITE_ENDINGS):
            # A part of speech that the form cannot have is more likely wrong than new: « redonnes » is no noun.
            of_pos = [lemma for tag, lemma in analyses if tag == "VERB"]
        return list(dict.fromkeys(of_pos))

    def word_class(self, form: str) -> str:
        """Return the class of `form`: its possible parts of speech, with what is sure of a verb's form."""
        hints = set()
        for pos, lemma in self.analyses(form):
            if pos != "VERB":
                hints.add(pos)
            elif lemma == form:
                hints.add("VERB-inf")
            elif form.endswith("ant"):
                hints.add("VERB-ant")
            elif form.endswith(_PARTICIPLES):
                hints.add("VERB-part")
            else:
                hints.add("VERB")
        return "|".join(sorted(hints))

    def main_lemma(self, form: str) -> str:
        """Return one lemma for all uses of `form`, the verb's before the noun's: what links forms of one word."""
        by_pos = dict(reversed(self.analyses(form)))
        for pos in ("VERB", "ADJ", "NOUN"):
            if pos in by_pos:
                return by_pos[pos]
        return form

    def _read(self, form: str, signature: str) -> list[Analysis]:
        pairs = (analysis.split(":", 1) for analysis in signature.split("|") if analysis)
        return [(pos, _decode_lemma(form, rule)) for pos, rule in pairs]

    def _has(self, form: str, pos: str) -> bool:
        return f"{pos}:0" in self._signatures.get(form, "").split("|")

    def _by_rule(self, form: str) -> Iterable[Analysis]:
        yield from self._plurals_and_feminines(form)
        if not any(pos == "VERB" for pos, _ in self._read(form, self._signatures.get(form, ""))):
            yield from self._in_er(form)

    def _plurals_and_feminines(self, form: str) -> Iterable[Analysis]:
        for pos in ("NOUN", "ADJ"):
            if form.endswith(("s", "x")) and self._has(form[:-1], pos):
                yield pos, form[:-1]
            elif form.endswith("aux") and self._has(form[:-3] + "al", pos):
                yield pos, form[:-3] + "al"
        for ending in ("e", "es"):
            if form.endswith(ending) and self._has(form.removesuffix(ending), "ADJ"):
                yield "ADJ", form.removesuffix(ending)

    def _in_er(self, form: str) -> Iterable[Analysis]:
        for ending in _ER_ENDINGS:
            stem = form.removesuffix(ending)
            if stem != form and len(stem) > 1:
                known = next((verb for verb in _infinitives(stem) if self._has(verb, "VERB")), None)
                if known:
                    yield "VERB", known


def _respelled(word: str, form: str) -> Iterable[str]:
    """Yield the spellings that a capital without accent, a separate « oe » or the 1990 spelling may stand for."""
    if word[0].isupper():
        yield from (initial + form[1:] for initial in _INITIALS.get(form[0], ()))
    for found in _OPTIONAL.finditer(form):
        yield form[: found.start()] + _FULL[found[0]] + form[found.end() :]


def _infinitives(stem: str) -> Iterable[str]:
    """Yield the infinitives in -er that `stem` may belong to, its spelling changes undone (« répèt- », « appell- »)."""
    yield stem + "er"
    yield stem.removesuffix("e") + "er"
    yield stem.replace("ç", "c") + "er"
    head, last = stem[:-2], stem[-2:]
    if last[:1] == "è":
        yield f"{head}é{last[1:]}er"
        yield f"{head}e{last[1:]}er"
    if last in ("ll", "tt"):
        yield stem[:-1] + "er"
    if stem.endswith("i"):
        yield stem[:-1] + "yer"


_COLUMNS = ("forms", "signatures", "codes", "observed")
_CODE_BASE = 0xE000 - 0xD000  # code points from U+1000, clear of surrogates and of line breaks
_lexicons: WeakKeyDictionary[Lookups, Lexicon] = WeakKeyDictionary()


def lexicon_of(vocab: Vocab) -> Lexicon:
    """Return the lexicon that travels with `vocab`, read once."""
    lexicon = _lexicons.get(vocab.lookups)
    if lexicon is None:
        lexicon = Lexicon.from_lookups(vocab.lookups)
        if vocab.lookups.has_table(TABLE):
            _lexicons[vocab.lookups] = lexicon
    return lexicon
