"""Treebank sentences as surface words: CoNLL-U read with the `conllu` library, its conventions made one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import conllu
from conllu.models import Token, TokenList

FEATURES = frozenset("Definite Gender Mood NumType Number Person Polarity Poss PronType Reflex Tense VerbForm".split())
_IN_MISC = {"Gender[lex]", "Gender[ctxt]", "Number[lex]", "Number[ctxt]"}

# The treebanks lemmatise personal pronouns and possessives differently from each other (« moi » for « je »); a reader
# of a codebook expects the word itself in its unelided, masculine singular form.
_BY_FORM = {
    "PRON": {
        "j'": "je", "t'": "te", "m'": "me", "s'": "se", "l'": "le", "c'": "ce", "ç'": "ce", "qu'": "que",
        "ils": "il", "elles": "elle", "la": "le", "les": "le", "l'on": "on", "eux": "lui", "i'": "il", "y'": "il",
        "ça": "cela", "ca": "cela",
    },
    "DET": {"ma": "mon", "mes": "mon", "ta": "ton", "tes": "ton", "sa": "son", "ses": "son", "nos": "notre",
            "vos": "votre", "leurs": "leur"},
}  # fmt: skip
_OWN_FORM = {
    "PRON": frozenset("je tu il elle on nous vous me te se le lui leur y en moi toi soi ce que qui cela".split()),
    "DET": frozenset("mon ton son notre votre leur".split()),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A surface word: what stands in the text, « du » being one word. `head` is an index, the root's its own."""

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    space_after: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A treebank sentence. `spoken` tells a transcript from written text."""

    words: tuple[Word, ...]
    text: str
    spoken: bool
    treebank: str = field(default="")


def read_treebank(path: Path, *, spoken: bool) -> list[Sentence]:
    """Read a CoNLL-U file into sentences of surface words."""
    treebank = path.name.split("-")[0]
    with path.open(encoding="utf-8") as lines:
        return [_sentence(tokens, spoken, treebank) for tokens in conllu.parse_incr(lines)]


def _sentence(tokens: TokenList, spoken: bool, treebank: str) -> Sentence:
    groups = list(_surface_groups(tokens))
    place = {token["id"]: index for index, (_, parts) in enumerate(groups) for token in parts}
    words = []
    for index, (surface, parts) in enumerate(groups):
        # Of « du » = « de » + « le » the preposition stands for both; of « auquel » the pronoun.
        main = next((t for t in parts if t["upos"] == "PRON"), parts[0])
        outside = next((t for t in (main, *parts) if place.get(t["head"], -1) != index), main)
        head = place.get(outside["head"], index)
        words.append(_word(surface, main, head, outside["deprel"], treebank))
    return Sentence(tuple(words), tokens.metadata["text"], spoken, treebank)


def _surface_groups(tokens: TokenList) -> Iterator[tuple[Token, list[Token]]]:
    singles = {token["id"]: token for token in tokens if isinstance(token["id"], int)}
    covered: set[int] = set()
    for token in tokens:
        if isinstance(token["id"], tuple):
            first, _, last = token["id"]
            members = range(first, last + 1)
            covered.update(members)
            yield token, [singles[number] for number in members]
        elif token["id"] not in covered:
            yield token, [token]


def _word(surface: Token, main: Token, head: int, dep: str, treebank: str) -> Word:
    misc = surface["misc"] or {}
    form, pos = surface["form"], main["upos"]
    if treebank == "fr_pud" and dep == "obl":
        dep = ""  # PUD does not tell obl:arg from obl:mod; an empty label is left out of training
    return Word(
        form=form,
        lemma=_lemma(form, pos, main["lemma"]),
        pos=pos,
        morph=_morph(main),
        head=head,
        dep="ROOT" if dep == "root" else dep,
        space_after=misc.get("SpaceAfter") != "No",
    )


def _lemma(form: str, pos: str, lemma: str) -> str:
    plain = form.lower().replace("’", "'").lstrip("-").removeprefix("t-")
    if pos in _BY_FORM:
        if plain in _BY_FORM[pos]:
            return _BY_FORM[pos][plain]
        if plain in _OWN_FORM[pos]:
            return plain
    return lemma


def _morph(token: Token) -> str:
    features = {key: value for key, value in (token["feats"] or {}).items() if key in FEATURES}
    for key, value in (token["misc"] or {}).items():
        if key in _IN_MISC and value in ("Masc", "Fem", "Sing", "Plur"):
            features.setdefault(key.split("[")[0], value)
    return "|".join(f"{key}={value}" for key, value in sorted(features.items()))


def without_punctuation(sentence: Sentence) -> Sentence:
    """Return the sentence as a transcriber who does not punctuate would write it."""
    kept = [index for index, word in enumerate(sentence.words) if word.pos != "PUNCT"]
    place = {old: new for new, old in enumerate(kept)}

    def head_of(index: int) -> int:
        head = sentence.words[index].head
        return head if head == index or head in place else head_of(head)

    words = tuple(
        replace(sentence.words[old], head=place.get(head_of(old), new), space_after=_space_follows(sentence, old))
        for new, old in enumerate(kept)
    )
    return replace(sentence, words=words)


def _space_follows(sentence: Sentence, index: int) -> bool:
    following = index + 1
    if following < len(sentence.words) and sentence.words[following].pos == "PUNCT":
        return True
    return sentence.words[index].space_after


def with_capital(sentence: Sentence) -> Sentence:
    """Return the sentence with a capital at its beginning."""
    first = sentence.words[0]
    return replace(sentence, words=(replace(first, form=first.form[:1].upper() + first.form[1:]), *sentence.words[1:]))


def with_hyphen_cuts(sentence: Sentence) -> Sentence:
    """Return the sentence with its cut words written « proj- », as most transcribers do, for « proj~ »."""
    words = tuple(replace(word, form=word.form.replace("~", "-")) for word in sentence.words)
    return replace(sentence, words=words)


def in_groups(sentences: Iterable[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Yield consecutive sentences of one treebank, `size` at a time."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (len(group) == size or group[0].treebank != sentence.treebank):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group
