"""The shipped corpus: what its README promises."""

import csv
import re
import statistics
from collections import Counter
from pathlib import Path

import pytest

from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.analysis.profile import case_counts, case_figures
from ptce_qual.codebook.load import load_codebook
from ptce_qual.model import Corpus, Problem
from ptce_qual.readers import read_corpus
from ptce_qual.study import open_study

ROOT = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def read() -> tuple[Corpus, list[Problem]]:
    return read_corpus(ROOT)


def test_thirteen_cases_of_three_interviews_each(read: tuple[Corpus, list[Problem]]) -> None:
    corpus, problems = read
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert len(corpus.cases) == 13
    counts = Counter(transcript.case_id for transcript in corpus.transcripts)
    assert set(counts.values()) == {3}
    assert set(counts) == {case.id for case in corpus.cases}


def test_every_transcript_says_that_it_is_fiction(read: tuple[Corpus, list[Problem]]) -> None:
    for transcript in read[0].transcripts:
        assert transcript.attributes["fictional"] == "true", transcript.id
        assert transcript.attributes["function"] in ("porteur", "collectivite", "membre")


def test_transcripts_are_long_enough_and_split_into_turns(read: tuple[Corpus, list[Problem]]) -> None:
    words = {t.id: sum(len(t.text[u.start : u.end].split()) for u in t.turns) for t in read[0].transcripts}
    assert min(words.values()) >= 1200, min(words, key=words.__getitem__)
    assert sum(words.values()) >= 47_000
    for transcript in read[0].transcripts:
        assert len(transcript.turns) >= 10
        assert any(turn.role == "interviewer" for turn in transcript.turns), transcript.id


def test_no_sentence_of_more_than_six_words_stands_twice(read: tuple[Corpus, list[Problem]]) -> None:
    seen: Counter[str] = Counter()
    for transcript in read[0].transcripts:
        for turn in transcript.turns:
            spoken = " ".join(transcript.text[turn.start : turn.end].split())
            for sentence in re.split(r"(?<=[.?!…])\s", spoken):
                words = re.findall(r"\w+", sentence.lower())
                if len(words) > 6:
                    seen[" ".join(words)] += 1
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_formats_are_mixed_as_in_real_corpora(read: tuple[Corpus, list[Problem]]) -> None:
    formats = Counter(Path(transcript.source).suffix for transcript in read[0].transcripts)
    assert formats[".docx"] >= 3
    assert formats[".odt"] >= 2
    assert formats[".vtt"] >= 2
    assert formats[".srt"] >= 1


def test_the_cases_are_near_the_studys_medians_and_add_up(read: tuple[Corpus, list[Problem]]) -> None:
    cases = [case.attributes for case in read[0].cases]
    medians = {key: statistics.median(float(case[key]) for case in cases) for key in ("animation_budget_keur", "fte")}
    assert medians["animation_budget_keur"] == pytest.approx(152, rel=0.1)
    assert medians["fte"] == 2
    for case in cases:
        levels = sum(float(case[f"support_{level}_keur"]) for level in ("commune", "epci", "departement", "region"))
        kinds = sum(float(case[f"support_{kind}_keur"]) for kind in ("operating", "investment", "in_kind"))
        assert levels == kinds == float(case["support_total_keur"])


@pytest.mark.parametrize("reader", ["a", "b"])
def test_hand_codings_quote_their_transcripts(read: tuple[Corpus, list[Problem]], reader: str) -> None:
    texts = {transcript.id: transcript.text for transcript in read[0].transcripts}
    with (ROOT / "gold" / f"reader_{reader}.csv").open(encoding="utf-8", newline="") as rows:
        codings = list(csv.DictReader(rows))
    assert len({coding["transcript_id"] for coding in codings}) == 10
    for coding in codings:
        assert texts[coding["transcript_id"]][int(coding["start"]) : int(coding["end"])] == coding["quote"]
        assert coding["polarity"] in ("affirmed", "negated", "hypothetical")


def test_the_published_figures_and_breakdowns_are_of_attributes_that_the_cases_have(
    read: tuple[Corpus, list[Problem]],
) -> None:
    study, problems = open_study(ROOT)
    assert problems == []
    reference = study.settings.reference
    assert reference is not None
    assert reference.medians == {
        "animation_budget_keur": 152,
        "self_financed_share": 0.32,
        "fte": 2,
        "member_structures": 11,
        "employees": 110,
        "consolidated_budget_keur": 5000,
    }
    assert reference.means == {"authorities": 2, "support_total_keur": 50}  # « en moyenne », says the study
    coded = CodedCorpus(read[0], {}, load_codebook(ROOT.parent / "codebook.yaml").codebook, ())
    told = study.settings.for_analyses()
    figures = case_figures(coded, reference=told["reference"])
    assert figures.table["reference"].notna().sum() == 8
    assert not any("which no case has" in note for note in figures.notes)
    counts = case_counts(coded, breakdowns=told["breakdowns"])
    assert (counts.table["kind"] == "part").sum() == 7
    assert not any("add up" in note for note in counts.notes)
