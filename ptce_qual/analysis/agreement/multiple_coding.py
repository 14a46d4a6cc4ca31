"""What several coders laid on one corpus, and which transcripts each of them read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.model import Coding, Polarity


@dataclass(frozen=True, slots=True)
class CodedSpan:
    """One code laid on one span by one coder.

    Args:
        polarity: None where the coder told none.
        rule_ids: of the rules that decided, where the coder is the rules.
    """

    coder: str
    transcript_id: str
    start: int
    end: int
    code_id: str
    polarity: Polarity | None = None
    rule_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, coding: Coding) -> CodedSpan:
        """Return what agreement needs of a coding."""
        rules = tuple(dict.fromkeys(evidence.rule_id for evidence in coding.evidence))
        return cls(coding.coder, coding.transcript_id, coding.start, coding.end, coding.code_id, coding.polarity, rules)


@dataclass(frozen=True)
class MultipleCoding:
    """Codings of several coders on one corpus.

    Args:
        coded: the corpus whose units are judged; its own codings count only where they are among `spans`.
        spans: of all coders.
        read: for each coder, in the order in which coders are told, the ids of the transcripts that they read. A
            passage without code in a transcript read is judged « not coded »; what was not read is missing.

    Raises:
        ValueError: a span stands in a transcript that its coder did not read.
    """

    coded: CodedCorpus
    spans: tuple[CodedSpan, ...]
    read: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        for span in self.spans:
            if span.transcript_id not in self.read.get(span.coder, ()):
                raise ValueError(f"{span.coder} coded in {span.transcript_id} without having read it")

    @property
    def coders(self) -> tuple[str, ...]:
        """The coders' names."""
        return tuple(self.read)

    def of(self, coders: Sequence[str]) -> MultipleCoding:
        """Return the same of some of the coders."""
        return replace(
            self,
            spans=tuple(span for span in self.spans if span.coder in coders),
            read={coder: self.read[coder] for coder in coders},
        )

    def codes(self, *, descendants: bool = False) -> dict[str, frozenset[str]]:
        """Return the ids of codes and the codes that count for each, as `CodedCorpus.codes` does."""
        return self.coded.codes(descendants=descendants, laid=(span.code_id for span in self.spans))
