"""Coding as a component of a spaCy pipeline: `nlp.add_pipe("codebook_coder", config={"codebook": "codebook.yaml"})`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from ptce_qual.codebook.load import load_codebook
from ptce_qual.coding.coder import code_doc
from ptce_qual.coding.rules import RuleSet

SPANS = "codings"


@Language.factory("codebook_coder", assigns=["doc.spans"], default_config={"interviewer": False})
def make_codebook_coder(nlp: Language, name: str, codebook: str, interviewer: bool) -> CodebookCoder:
    """Make the component; `codebook` is the path of a YAML codebook. It belongs after lemmas and parse."""
    return CodebookCoder(RuleSet(load_codebook(Path(codebook)), nlp.vocab), interviewer=interviewer)


class CodebookCoder:
    """Lays codings on Docs: `doc.spans["codings"]`, label the code, `kb_id_` the polarity, `id_` the coding's id."""

    def __init__(self, rules: RuleSet, *, interviewer: bool = False) -> None:
        self.rules = rules
        self._interviewer = interviewer

    def __call__(self, doc: Doc) -> Doc:
        """Set the codings of `doc` and return it."""
        spans = []
        for coding in code_doc(doc, self.rules, interviewer=self._interviewer):
            unit = cast("Span", doc.char_span(coding.start, coding.end, alignment_mode="expand"))
            spans.append(Span(doc, unit.start, unit.end, coding.code_id, kb_id=coding.polarity, span_id=coding.id))
        doc.spans[SPANS] = spans
        return doc

    def to_disk(self, path: object, *, exclude: object = ()) -> None:
        """Do nothing: the codebook is named in the config."""

    def from_disk(self, path: object, *, exclude: object = ()) -> CodebookCoder:
        """Do nothing: the codebook is named in the config."""
        return self
