"""Treebanks to spaCy's training format: the split into training and development, the variants, the DocBins.

python -m training.convert TREEBANKS BUILD
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from training.conllu import (
    Sentence,
    Word,
    in_groups,
    read_treebank,
    with_capital,
    with_hyphen_cuts,
    without_punctuation,
)
from training.lexicon import make_lexicon

SEED = 13
KEPT = {"Rhapsodie": 300, "ParisStories": 240, "GSD": 176}  # sentences; the rest of these files trains
SENTENCES_A_DOCUMENT = 10
UNPUNCTUATED = 0.3
WHITE_SPACE = 0.1
SPOKEN = {"Rhapsodie": "fr_rhapsodie-ud", "ParisStories": "fr_parisstories-ud"}


def training_sentences(treebanks: Path) -> list[Sentence]:
    """Return the sentences to train on, in the files' order."""
    sentences = []
    for folder, name in SPOKEN.items():
        sentences += read_treebank(treebanks / folder / f"{name}-train.conllu", spoken=True)
    for folder, kept in KEPT.items():
        sentences += _development_file(treebanks, folder)[:-kept]
    sentences += read_treebank(treebanks / "PUD" / "fr_pud-ud-test.conllu", spoken=False)
    return sentences


def development_sentences(treebanks: Path) -> dict[str, list[Sentence]]:
    """Return the sentences kept for development, by treebank: the last of its file. None of them is trained on."""
    return {folder: _development_file(treebanks, folder)[-kept:] for folder, kept in KEPT.items()}


def _development_file(treebanks: Path, folder: str) -> list[Sentence]:
    name = SPOKEN.get(folder, "fr_gsd-ud")
    return read_treebank(treebanks / folder / f"{name}-dev.conllu", spoken=folder in SPOKEN)


def variants(sentences: Sequence[Sentence], chance: random.Random) -> Iterable[Sentence]:
    """Yield the sentences, then variants: speech with capitals and unpunctuated, some unpunctuated writing."""
    yield from sentences
    spoken = [sentence for sentence in sentences if sentence.spoken]
    written = [sentence for sentence in sentences if not sentence.spoken]
    yield from (with_hyphen_cuts(with_capital(sentence)) for sentence in spoken)
    yield from (s for s in (with_hyphen_cuts(without_punctuation(sentence)) for sentence in spoken) if s.words)
    yield from (without_punctuation(sentence) for sentence in written if chance.random() < UNPUNCTUATED)


def make_doc(vocab: Vocab, sentences: Sequence[Sentence], chance: random.Random | None = None) -> Doc:
    """Return one annotated Doc; with `chance`, some sentences end in a line break, some marks have a no-break space."""
    words: list[Word] = []
    for number, sentence in enumerate(sentences):
        words += _placed(sentence, len(words), chance, last=number == len(sentences) - 1)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        pos=[word.pos for word in words],
        morphs=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=[word.dep for word in words],
    )


def _placed(sentence: Sentence, offset: int, chance: random.Random | None, *, last: bool) -> list[Word]:
    """Return the words with heads counted from the document's start, white-space tokens put in where there are any."""
    line_break = chance is not None and chance.random() < WHITE_SPACE
    wide = chance is not None and chance.random() < WHITE_SPACE
    before = [
        wide and word.form in ("?", "!", ":", ";", "»") and index > 0 for index, word in enumerate(sentence.words)
    ]
    place: list[int] = []
    shift = 0
    for extra in before:
        shift += extra
        place.append(offset + shift + len(place))
    words: list[Word] = []
    for index, word in enumerate(sentence.words):
        if before[index]:
            previous = words[-1]
            words[-1] = Word(*_fields(previous)[:-1], space_after=False)
            words.append(Word("\xa0", "\xa0", "SPACE", "", offset + len(words) - 1, "dep", space_after=False))
        ends = index == len(sentence.words) - 1
        words.append(
            Word(word.form, word.lemma, word.pos, word.morph, place[word.head], word.dep, word.space_after or ends)
        )
    if line_break and not last:
        words[-1] = Word(*_fields(words[-1])[:-1], space_after=False)
        words.append(Word("\n", "\n", "SPACE", "", offset + len(words) - 1, "dep", space_after=False))
    return words


def _fields(word: Word) -> tuple[str, str, str, str, int, str, bool]:
    return word.form, word.lemma, word.pos, word.morph, word.head, word.dep, word.space_after


def write_docs(path: Path, vocab: Vocab, sentences: Iterable[Sentence], chance: random.Random | None = None) -> None:
    """Write the sentences as documents of ten to `path`."""
    groups = in_groups(sentences, SENTENCES_A_DOCUMENT)
    DocBin(
        attrs=["POS", "MORPH", "LEMMA", "HEAD", "DEP", "SPACY"], docs=[make_doc(vocab, g, chance) for g in groups]
    ).to_disk(path)


def main(treebanks: Path, build: Path) -> None:
    """Write `train.spacy`, `dev.spacy`, a `dev-NAME.spacy` a treebank, and `lexicon.bin` into `build`."""
    build.mkdir(parents=True, exist_ok=True)
    chance, vocab = random.Random(SEED), Vocab()
    training = training_sentences(treebanks)
    development = development_sentences(treebanks)
    write_docs(build / "train.spacy", vocab, variants(training, chance), chance)
    write_docs(build / "dev.spacy", vocab, (s for sentences in development.values() for s in sentences))
    for name, sentences in development.items():
        write_docs(build / f"dev-{name}.spacy", vocab, sentences)
    (build / "lexicon.bin").write_bytes(make_lexicon(training).to_lookups().to_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
