"""Transcript → where its units are, and its codings: the work that a process is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from ptce_qual.codebook.check import LoadedCodebook
from ptce_qual.coding.coder import code_doc
from ptce_qual.coding.rules import RuleSet
from ptce_qual.executors import ordered_map
from ptce_qual.model import Coding, Segmentation, Transcript
from ptce_qual.nlp.cache import DocCache
from ptce_qual.nlp.docs import docs_for
from ptce_qual.nlp.pipeline import PipelineShell, load_pipeline, pipeline_hash, shipped_shell
from ptce_qual.nlp.segmentation import segmentation
from ptce_qual.translation import language_in_use, use_language

# Strings that only some texts have are forgotten after so many of them: memory does not grow with the corpus, and the
# words that all texts share are not looked up anew in each.
_ZONE = 50


@dataclass(frozen=True, slots=True)
class CodingOptions:
    """What coding needs beside transcripts and codebook.

    Args:
        model: the name or path of a spaCy pipeline; None for the shipped one.
        cache: the folder of parsed Docs; None to parse each time.
        interviewer: whether the interviewers' turns are coded too.
    """

    model: str | None = None
    cache: Path | None = None
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """What coding a transcript gives, and a hash of what determines the output of the pipeline that did it."""

    segmentation: Segmentation
    codings: tuple[Coding, ...]
    pipeline: str


class TranscriptCoder:
    """A pipeline and a compiled codebook, to code one transcript after another.

    The shipped pipeline is loaded with the first transcript that is not in the cache: most often all are.
    """

    def __init__(self, loaded: LoadedCodebook, options: CodingOptions) -> None:
        self._loaded = loaded
        self._options = options
        self._zone = ExitStack()
        shell = shipped_shell() if options.cache and options.model is None else None
        self._use(shell or load_pipeline(options.model))

    def _use(self, nlp: Language | PipelineShell) -> None:
        """Take a pipeline, and what is bound to its vocabulary."""
        self._zone.close()
        self._in_zone = 0
        self._nlp = nlp
        self.rules = RuleSet(self._loaded, nlp.vocab)
        self._cache = DocCache(self._options.cache, nlp) if self._options.cache else None
        self._pipeline = pipeline_hash(nlp)

    def __call__(self, transcript: Transcript) -> CodedTranscript:
        """Return where the transcript's units are, and its codings."""
        if self._in_zone == 0:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
        self._in_zone = (self._in_zone + 1) % _ZONE
        doc = self.parse(transcript)
        codings = code_doc(
            doc, self.rules, transcript_id=transcript.id, interviewer=self._options.interviewer, text=transcript.text
        )
        return CodedTranscript(segmentation(doc, transcript), tuple(codings), self._pipeline)

    def parse(self, transcript: Transcript) -> Doc:
        """Return the transcript's Doc, from the cache where it is there."""
        if isinstance(self._nlp, PipelineShell):
            doc = self._cache.get(transcript) if self._cache else None
            if doc is not None:
                return doc
            self._use(load_pipeline())
        (doc,) = docs_for([transcript], cast("Language", self._nlp), self._cache)
        return doc


_prepared: list[TranscriptCoder] = []  # of this process


def code_transcripts(
    transcripts: Sequence[Transcript], loaded: LoadedCodebook, options: CodingOptions, *, jobs: int = 1
) -> Iterator[CodedTranscript]:
    """Yield what `TranscriptCoder` returns for each transcript, in order, whatever the number of processes."""
    return ordered_map(_code, transcripts, jobs=jobs, prepare=_prepare, given=(loaded, options, language_in_use()))


def _prepare(loaded: LoadedCodebook, options: CodingOptions, language: str) -> None:
    use_language(language)
    _prepared[:] = [TranscriptCoder(loaded, options)]


def _code(transcript: Transcript) -> CodedTranscript:
    return _prepared[0](transcript)
