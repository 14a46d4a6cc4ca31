"""Expressions looked for in small interviews, without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from spacy.language import Language

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.lexicometry.concordance import Lines, concordance
from ptce_qual.lexicometry.expression_codebook import codebook_of, parse_rule
from ptce_qual.model import Case, Corpus, Transcript, Turn
from ptce_qual.nlp.docs import docs_for
from ptce_qual.nlp.segmentation import segmentation


def interview(name: str, *said: str, case: str = "alpha", **attributes: str) -> Transcript:
    """Return an interview; what begins with « ? » is asked, the rest answered."""
    text, turns = "", []
    for told in said:
        speaker, role = ("E", "interviewer") if told.startswith("?") else ("R", "respondent")
        text += f"{speaker} : "
        start = len(text)
        text += told.removeprefix("?")
        turns.append(Turn((speaker,), role, start, len(text)))  # type: ignore[arg-type]
        text += "\n"
    return Transcript(name, text, tuple(turns), case, attributes)


def searched(
    nlp: Language,
    expression: str,
    transcripts: Sequence[Transcript],
    *,
    interviewer: bool = False,
    lists: Mapping[str, Sequence[str]] | None = None,
) -> CodedCorpus:
    """Return interviews coded by an expression alone."""
    loaded = codebook_of(parse_rule(expression), lists)
    rules = RuleSet(loaded, nlp.vocab)
    bounds, codings = {}, []
    for one, doc in zip(transcripts, docs_for(transcripts, nlp), strict=True):
        bounds[one.id] = segmentation(doc, one)
        codings += code_doc(doc, rules, transcript_id=one.id, interviewer=interviewer)
    cases = tuple(Case(name, name, {"stage": "young"}) for name in sorted({one.case_id for one in transcripts}))
    corpus = Corpus(tuple(transcripts), cases)
    return CodedCorpus(corpus, bounds, loaded.codebook, tuple(codings), interviewer=interviewer)


def lines_of(nlp: Language, expression: str, *said: str, lines: Lines | None = None) -> pd.DataFrame:
    """Return the lines of a concordance of one interview."""
    return concordance(searched(nlp, expression, [interview("a", *said)]), expression, lines).table
