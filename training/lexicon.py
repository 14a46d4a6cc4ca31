"""Make the lexicon from the French tables of spacy-lookups-data and from the training treebanks."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from ptce_qual.nlp.lexicon import Lexicon, encode_lemma
from training.conllu import Sentence

_TABLES = {"noun": "NOUN", "adj": "ADJ", "verb": "VERB", "adv": "ADV"}
_LEMMAS = {"oeil": "œil", "bel": "beau", "nouvel": "nouveau", "vieil": "vieux", "party": "partie"}
_PARTICIPLE = re.compile(r"(.*(?:é|i|u|s|t|û))(?:es|e|s)?$")
_VERB = re.compile(r".{2,}(?:er|ir|re|ïr)$")
_LIGATURE = re.compile(r"oe(?=[ui])")
_FORM = re.compile(r"[^\W\d_][\w'-]*")
_FEMININE_AGENTS = ("trice", "euse", "ière", "ienne", "ante", "ente", "trices", "euses", "ières", "iennes", "antes")
_FEMININES = (("e", ""), ("ère", "er"), ("euse", "eux"), ("euse", "eur"), ("trice", "teur"), ("ve", "f"), ("le", ""),
              ("ne", ""), ("te", ""), ("se", ""), ("que", "c"), ("che", "c"), ("ète", "et"))  # fmt: skip
_ENDINGS = {
    "": ("",),
    "present": ("e", "es", "ons", "ez", "ent"),
    "imperfect": ("ais", "ait", "ions", "iez", "aient", "ant"),
    "future": ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient"),
}
_SEEN_ENOUGH = 3
_SURE = 4  # uses from which the treebanks outweigh the tables, not one annotator's slip
_CLIPPED = 3


def make_lexicon(sentences: Iterable[Sentence]) -> Lexicon:
    """Return the lexicon of the outside tables, with what `sentences` (training data only) teach."""
    entries: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for form, pos, lemma in _outside_entries():
        entries[_LIGATURE.sub("œ", form)].add((pos, _LIGATURE.sub("œ", lemma)))
    _without_feminines(entries)
    observed = _observed(sentences)
    for (form, pos), lemmas in observed.items():
        if pos in _TABLES.values() and lemmas.total() >= _SEEN_ENOUGH:
            entries[form].add((pos, lemmas.most_common(1)[0][0]))
    forms = sorted(form for form in entries if _FORM.fullmatch(form))
    signatures = [_signature(form, sorted(entries[form])) for form in forms]
    choices: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (form, pos), lemmas in sorted(observed.items()):
        known = {lemma for tag, lemma in entries.get(form, ()) if tag == pos}
        lemma, count = lemmas.most_common(1)[0]
        if known != {lemma} and (count >= _SURE or not known):
            choices[form].append((pos, lemma))
    for form, pos, lemma in (line.split("\t") for line in _read("preferred_lemmas.txt")):
        choices[form] = [pair for pair in choices[form] if pair[0] != pos] + [(pos, lemma)]
    return Lexicon(forms, signatures, {form: _signature(form, pairs) for form, pairs in choices.items()})


def _signature(form: str, analyses: Iterable[tuple[str, str]]) -> str:
    return "|".join(f"{pos}:{encode_lemma(form, lemma)}" for pos, lemma in analyses)


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    path = resources.files("spacy_lookups_data").joinpath("data", f"fr_lemma_{name}.json.gz")
    tables: dict[str, dict[str, list[str]]] = json.loads(gzip.decompress(path.read_bytes()))
    return tables


def _outside_entries() -> Iterable[tuple[str, str, str]]:
    exceptions, index = _table("exc"), _table("index")
    verbs = set(index["verb"]) | {lemma for lemmas in exceptions["verb"].values() for lemma in lemmas}
    for verb in verbs:
        if _VERB.fullmatch(verb):
            yield verb, "VERB", verb
    for name, pos in _TABLES.items():
        if name != "verb":
            yield from ((form, pos, _LEMMAS.get(form, form)) for form in index[name])
        for form, lemmas in exceptions.get(name, {}).items():
            for lemma in lemmas:
                if pos == "NOUN" and len(lemma) >= len(form) + _CLIPPED:
                    lemma = form  # noqa: PLW2901 (« coloc » and « km » are their own lemmas, not what they stand for)
                yield from ((form, pos, right) for right in _corrected(form, pos, lemma, verbs))
    yield from _conjugated()
    yield from ((form, pos, lemma) for form, pos, lemma in (line.split("\t") for line in _read("more_words.txt")))


def _corrected(form: str, pos: str, lemma: str, verbs: set[str]) -> Iterable[str]:
    """Yield the lemmas as the treebanks have them: an adjectival participle has its own, a feminine noun too."""
    if pos == "ADJ" and lemma in verbs:
        match = _PARTICIPLE.fullmatch(form)
        yield match.group(1) if match else form
    else:
        if pos == "NOUN" and form.endswith(_FEMININE_AGENTS):
            yield form
        yield _LEMMAS.get(lemma, lemma.lower())


def _without_feminines(entries: dict[str, set[tuple[str, str]]]) -> None:
    """Drop an adjective's feminine as a lemma of its own where its masculine is one."""
    for form, analyses in entries.items():
        if ("ADJ", form) in analyses and form.endswith("e"):
            masculines = (form.removesuffix(f) + m for f, m in _FEMININES if form.endswith(f))
            known = next((m for m in masculines if ("ADJ", m) in entries.get(m, ())), None)
            if known:
                analyses.discard(("ADJ", form))
                analyses.add(("ADJ", known))


def _conjugated() -> Iterable[tuple[str, str, str]]:
    """Yield the irregular forms that the outside tables leave out because a rare verb in -er would share them."""
    for infinitive, *stems in (line.split() for line in _read("irregular_stems.txt")):
        for stem in stems:
            root, _, tense = stem.partition("+")
            yield from ((root + ending, "VERB", infinitive) for ending in _ENDINGS[tense])


def _read(name: str) -> list[str]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _observed(sentences: Iterable[Sentence]) -> dict[tuple[str, str], Counter[str]]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.pos not in ("PROPN", "PUNCT", "NUM", "X", "SYM"):
                form = _LIGATURE.sub("œ", word.form.lower().replace("’", "'"))
                lemma = word.lemma.lower() if word.pos == "NOUN" and form not in ("état", "états") else word.lemma
                counts[form, word.pos][lemma] += 1
    return counts
