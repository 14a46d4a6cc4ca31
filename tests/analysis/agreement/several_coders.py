"""Small corpora coded by several coders."""

from __future__ import annotations

from ptce_qual.analysis.agreement import CodedSpan, MultipleCoding
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook.model import Code, Codebook
from ptce_qual.model import Case, Corpus, Segmentation, Transcript, Turn


def corpus(texts, *, codes=("a", "b"), turns=None, interviewer=False):
    """Return a corpus of transcripts t0, t1... whose sentences end in « . » and whose codes are under a branch."""
    transcripts, segmentations = [], {}
    for place, text in enumerate(texts):
        bounds, start = [], 0
        for end in (at + 1 for at, char in enumerate(text) if char == "."):
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            bounds.append((begin, end))
            start = end
        name = f"t{place}"
        transcripts.append(Transcript(name, text, tuple((turns or {}).get(place, ())), case_id="c"))
        segmentations[name] = Segmentation(name, tuple(bounds), ((0, len(text)),), ())
    codebook = Codebook(
        title="",
        codes=[Code(id="branch", label="Branch"), *(Code(id=c, label=c.upper(), parent="branch") for c in codes)],
    )
    return CodedCorpus(
        Corpus(tuple(transcripts), (Case("c", "C"),)), segmentations, codebook, (), interviewer=interviewer
    )


def coding(coded, spans, read=None):
    """Return what coders laid: rows of coder, transcript, start, end, code and, where told, polarity and rules."""
    laid = tuple(CodedSpan(*row) for row in spans)
    everybody = dict.fromkeys(row[0] for row in spans)
    read = read or dict.fromkeys(everybody, tuple(coded.transcripts))
    return MultipleCoding(coded, laid, {coder: frozenset(names) for coder, names in read.items()})


def turn(start, end, role="respondent", speaker="R"):
    return Turn((speaker,), role, start, end)
