"""The embedding layer of the shipped pipeline: a word as its form, its pieces and what the lexicon knows of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]  # missing from spaCy's stub
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.types import Floats2d, Ints2d

from ptce_qual.nlp.lexicon import Lexicon, lexicon_of

FEATURES = ("norm", "lemma", "class", "suffix4", "suffix3", "suffix2", "prefix3", "shape")
_DIGIT = re.compile(r"\d")
_LONG_RUN = re.compile(r"(.)\1{3,}")
_MOST_ROWS = 200_000


def describe(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the features of a word, in the order of `FEATURES`."""
    if word.isspace():
        return (" ",) * len(FEATURES)
    form = lexicon.standard(word)
    norm = _DIGIT.sub("0", form)
    kind = "cut" if len(word) > 1 and word[-1] in "-~" else lexicon.word_class(form)
    return norm, lexicon.main_lemma(form), kind, norm[-4:], norm[-3:], norm[-2:], norm[:3], _shape(word)


def _shape(word: str) -> str:
    shape = "".join(
        "d" if char.isdigit() else "X" if char.isupper() else "x" if char.islower() else char for char in word
    )
    return _LONG_RUN.sub(r"\1\1\1", shape)


class _FeatureTable:
    """The features of each form met, as hashes: computed once a form, then looked up by its id in the string store."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rows: dict[int, int] = {}
        self._hashes = np.zeros((4096, len(FEATURES)), dtype=np.uint64)

    def look_up(self, doc: Doc) -> NDArray[np.uint64]:
        """Return the features of a Doc's tokens (tokens × features)."""
        if len(self._rows) > _MOST_ROWS:
            self._rows.clear()
        orths: list[int] = doc.to_array("ORTH").tolist()
        rows = self._rows
        for orth in set(orths).difference(rows):
            self._add(orth, doc.vocab.strings[orth])
        return self._hashes[[rows[orth] for orth in orths]]

    def _add(self, orth: int, word: str) -> None:
        row = len(self._rows)
        if row == len(self._hashes):
            self._hashes = np.vstack([self._hashes, np.zeros_like(self._hashes)])
        self._hashes[row] = [hash_string(feature) for feature in describe(word, self._lexicon)]
        self._rows[orth] = row


_tables: WeakKeyDictionary[Lexicon, _FeatureTable] = WeakKeyDictionary()


def _forward(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
    features = []
    for doc in docs:
        lexicon = lexicon_of(doc.vocab)
        table = _tables.get(lexicon)
        if table is None:
            table = _tables[lexicon] = _FeatureTable(lexicon)
        features.append(cast(Ints2d, table.look_up(doc)))
    return features, lambda gradients: []


@registry.architectures("ptce_qual.LexiconEmbed.v1")
def lexicon_embed(width: int, widths: list[int], rows: list[int]) -> Model[list[Doc], list[Floats2d]]:
    """Build the layer: one hash embedding a feature (Bloom embeddings, Serrà & Karatzoglou 2017), mixed by a maxout.

    Args:
        width: width of the output.
        widths: width of each feature's embedding, in the order of `FEATURES`; 0 leaves a feature out.
        rows: rows of each feature's table.
    """
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(nO=own, nV=count, column=column, seed=column + 7, dropout=0.0)
        for column, (own, count) in enumerate(zip(widths, rows, strict=True))
        if own
    ]
    features: Model[list[Doc], list[Ints2d]] = Model("lexicon_features", _forward)
    mixed: Model[Any, Any] = with_array(
        chain(concatenate(*tables), Maxout(width, sum(widths), nP=3, dropout=0.0, normalize=True))
    )
    return cast(Model[list[Doc], list[Floats2d]], chain(features, list2ragged(), mixed, ragged2list()))
