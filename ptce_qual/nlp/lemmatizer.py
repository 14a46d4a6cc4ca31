"""Lemmas from the lexicon, guided by the predicted part of speech; trained edit trees where it is silent or torn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.parts_of_speech import NAMES
from spacy.pipeline import EditTreeLemmatizer
from spacy.pipeline.edit_tree_lemmatizer import DEFAULT_EDIT_TREE_LEMMATIZER_MODEL
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Ints2d

from ptce_qual.nlp.lexicon import Lexicon, lexicon_of

_MOST_SETTLED = 200_000
_OWN_WORDS = frozenset({"PUNCT", "SYM", "X", "SPACE", "INTJ", "PROPN"})
_ROMAN_ORDINAL = re.compile(r"[IVXLC]+e")
_SHORT = 3


@Language.factory(
    "lexicon_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.pos"],
    default_config={
        "model": DEFAULT_EDIT_TREE_LEMMATIZER_MODEL,
        "backoff": "orth",
        "min_tree_freq": 2,
        "overwrite": True,
        "top_k": 3,
        "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"},
    },
    default_score_weights={"lemma_acc": 1.0},
)
def make_lexicon_lemmatizer(  # noqa: PLR0913 (spaCy passes each setting by its name)
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    backoff: str | None,
    min_tree_freq: int,
    overwrite: bool,
    top_k: int,
    scorer: Any,
) -> LexiconLemmatizer:
    """Make the component; its settings are those of spaCy's `trainable_lemmatizer`."""
    return LexiconLemmatizer(
        nlp.vocab,
        model,
        name,
        backoff=backoff,
        min_tree_freq=min_tree_freq,
        overwrite=overwrite,
        top_k=top_k,
        scorer=scorer,
    )


class LexiconLemmatizer(EditTreeLemmatizer):
    """spaCy's edit-tree lemmatizer, asked only for the words that the lexicon does not settle.

    Trained as its parent is. When predicting, a word has the lexicon's lemma for its part of speech; where the
    lexicon has several, the one that the best of the edit trees yields, else its first; where it has none, the best
    tree's. So no lemma is invented for a known word, and the softmax runs on a few words in a hundred.
    """

    def __init__(self, vocab: Vocab, model: Model[Any, Any], name: str, **settings: Any) -> None:
        super().__init__(vocab, model, name, **settings)
        self._settled: dict[tuple[int, int], str | list[str]] = {}

    @property
    def _lexicon(self) -> Lexicon:
        return lexicon_of(self.vocab)

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Return the lemmas of each Doc's tokens."""
        docs = list(docs)
        choices = [self._choices(doc) for doc in docs]
        if any(isinstance(choice, list) for lemmas in choices for choice in lemmas):
            vectors = self.model.get_ref("tok2vec").predict(docs)
            for doc, lemmas, rows in zip(docs, choices, vectors, strict=True):
                self._settle(doc, lemmas, rows)
        return choices

    def set_annotations(self, docs: Iterable[Doc], batch_tree_ids: Any) -> None:
        """Write the lemmas that `predict` returned."""
        strings = self.vocab.strings
        for doc, lemmas in zip(docs, batch_tree_ids, strict=True):
            if not self.overwrite and doc.has_annotation("LEMMA"):
                continue
            lemma_ids = np.array([[strings.add(lemma)] for lemma in lemmas], dtype=np.uint64)
            doc.from_array(["LEMMA"], cast(Ints2d, lemma_ids))

    def _choices(self, doc: Doc) -> list[str | list[str]]:
        settled = self._settled
        if len(settled) > _MOST_SETTLED:
            settled.clear()
        choices = []
        for key in map(tuple, doc.to_array(["ORTH", "POS"]).tolist()):
            choice = settled.get(key)
            if choice is None:
                choice = settled[key] = self._look_up(doc.vocab.strings[key[0]], NAMES[key[1]])
            choices.append(choice)
        return choices

    def _look_up(self, word: str, pos: str) -> str | list[str]:
        """Return the lemma, or the candidates among which the edit trees are to choose (none: any)."""
        if pos in _OWN_WORDS or not any(char.isalpha() for char in word):
            return word.lower() if pos == "INTJ" else word
        if _ROMAN_ORDINAL.fullmatch(word) or (pos == "NOUN" and word.isupper() and len(word) <= _SHORT):
            return word
        form = self._lexicon.standard(word)
        lemmas = self._lexicon.lemmas(form, pos)
        if pos == "NUM":
            return (lemmas or self._lexicon.lemmas(form, "NOUN") or [word])[0]
        return lemmas[0] if len(lemmas) == 1 else lemmas

    def _settle(self, doc: Doc, choices: list[str | list[str]], vectors: Any) -> None:
        open_words = [index for index, choice in enumerate(choices) if isinstance(choice, list)]
        if not open_words:
            return
        scores = self.model.get_ref("softmax").predict(vectors[open_words])
        for index, row in zip(open_words, scores, strict=True):
            choices[index] = self._best(doc[index].text, cast(list[str], choices[index]), row)

    def _best(self, word: str, candidates: list[str], scores: Any) -> str:
        form = self._lexicon.standard(word)
        ranked = np.argsort(-scores)
        lemmas = (self.trees.apply(self.cfg["labels"][label], form) for label in islice(ranked, self.top_k))
        found = [lemma for lemma in lemmas if lemma]
        if not candidates:
            return found[0] if found else form
        return next((lemma for lemma in found if lemma in candidates), candidates[0])
