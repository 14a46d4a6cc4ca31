"""After « je », « tu », « il », « on », « ils » comes a verb: what the tagger took for a noun there is put right.

A tagger reads « on finance » and « tu me les redonnes » as nouns when it has not seen those verbs. Only object clitics
and « ne » stand between a subject clitic and its verb, and none of these words is a determiner there.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Token

from ptce_qual.nlp.lexicon import lexicon_of

_SUBJECTS = frozenset({"je", "j'", "tu", "t'", "il", "on", "ils"})
_BETWEEN = frozenset("ne n' y en le la les l' me m' te t' se s' lui leur nous vous".split())
_MOST_BETWEEN = 4
_CORRECTED = frozenset({"NOUN", "ADJ", "ADV", "PROPN", "INTJ", "NUM", "ADP", "DET", "SYM"})
_NOT_FINITE = ("é", "ée", "és", "ées", "ant")


@Language.factory("subject_clitics", assigns=["token.pos"], requires=["token.pos"])
def make_subject_clitics(nlp: Language, name: str) -> SubjectClitics:
    """Make the component, which belongs between the tagger and the lemmatizer."""
    return SubjectClitics()


class SubjectClitics:
    """Gives the part of speech VERB to a word that can be a finite verb and follows a subject clitic."""

    def __call__(self, doc: Doc) -> Doc:
        """Correct `doc` and return it."""
        subjects = {doc.vocab.strings[word] for word in _SUBJECTS}
        for index, norm in enumerate(doc.to_array("NORM").tolist()):
            if norm in subjects:
                following = self._after(doc[index])
                if following is not None and following.pos_ in _CORRECTED and _can_be_finite(following):
                    following.pos_ = "VERB"
                    following.set_morph("VerbForm=Fin")  # type: ignore[attr-defined]  # missing from spaCy's stub
        return doc

    def _after(self, token: Token) -> Token | None:
        doc = token.doc
        for index in range(token.i + 1, min(token.i + 2 + _MOST_BETWEEN, len(doc))):
            if doc[index].norm_ not in _BETWEEN:
                return doc[index]
            if doc[index].pos_ == "DET":
                return None
        return None

    def to_disk(self, path: object, *, exclude: Iterable[str] = ()) -> None:
        """Do nothing: the component has no state."""

    def from_disk(self, path: object, *, exclude: Iterable[str] = ()) -> SubjectClitics:
        """Do nothing: the component has no state."""
        return self


def _can_be_finite(token: Token) -> bool:
    lexicon = lexicon_of(token.vocab)
    form = lexicon.standard(token.text)
    return not form.endswith(_NOT_FINITE) and any(
        pos == "VERB" and lemma != form for pos, lemma in lexicon.analyses(form)
    )
