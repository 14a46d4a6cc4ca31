"""Docs of transcripts and their cache."""

import multiprocessing
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.model import Transcript, Turn
from ptce_qual.nlp import DocCache, docs_for, load_pipeline
from ptce_qual.nlp import docs as docs_module

TEXT = "E : Ça va ?\nR :Oui, on a\u00a0monté un four…\u00a0Et voilà.\nR2 : D'accord"
TRANSCRIPT = Transcript(
    id="four",
    text=TEXT,
    turns=(
        Turn(("E",), "interviewer", 4, 11),
        Turn(("R",), "respondent", 15, TEXT.index("\nR2")),
        Turn(("R2",), "unknown", TEXT.index("D'acc"), len(TEXT)),
    ),
)


def one(transcript: Transcript, nlp: Language, cache: DocCache | None = None):
    return next(docs_for([transcript], nlp, cache))


def annotations(doc):
    return [(t.text, t.idx, t.lemma_, t.pos_, str(t.morph), t.head.i, t.dep_, t.is_sent_start) for t in doc]


def test_a_doc_has_the_text_and_the_turns_of_its_transcript(nlp: Language) -> None:
    doc = one(TRANSCRIPT, nlp)
    assert doc.text == TEXT
    turns = [(span.id_, span.label_, span.start_char, span.end_char) for span in doc.spans["turns"]]
    assert turns == [(str(i), t.role, t.start, t.end) for i, t in enumerate(TRANSCRIPT.turns)]
    for span in doc.spans["turns"]:
        assert doc[span.start].is_sent_start
        assert span.end == len(doc) or doc[span.end].is_sent_start


def test_without_turns_the_whole_is_one_respondent(nlp: Language) -> None:
    doc = one(Transcript(id="x", text="On est partis de rien."), nlp)
    assert [(span.start, span.end, span.label_) for span in doc.spans["turns"]] == [(0, len(doc), "respondent")]


def test_an_empty_transcript_has_an_empty_doc(nlp: Language) -> None:
    assert one(Transcript(id="x", text=""), nlp).text == ""


def test_a_long_line_is_parsed_in_parts_and_stays_one_text(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs_module, "_LONGEST_PART", 200)
    text = "On a vu la mairie et puis la mairie a rien dit. " * 30 + "é" * 500
    doc = one(Transcript(id="x", text=text), nlp)
    assert doc.text == text
    assert len(doc.spans["turns"]) >= 1


def test_subtitles_lines_do_not_end_sentences(nlp: Language) -> None:
    text = "on est partis\nde trois personnes. Et\naprès voilà"
    assert len(list(one(Transcript(id="x", text=text, wrapped=True), nlp).sents)) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.lists(st.integers(0, 80), max_size=6))
def test_whatever_the_turns_the_text_is_untouched(text: str, bounds: list[int]) -> None:
    points = sorted({min(point, len(text)) for point in bounds})
    turns = tuple(Turn(("R",), "respondent", a, b) for a, b in zip(points[::2], points[1::2], strict=False))
    doc = one(Transcript(id="x", text=text, turns=turns), _shared())
    assert doc.text == text
    covered = {index for span in doc.spans["turns"] for index in range(span.start_char, span.end_char)}
    expected = {index for turn in turns for index in range(turn.start, turn.end)} if turns else set(range(len(text)))
    assert covered <= expected
    assert {text[index] for index in expected - covered} <= {" "}  # a space after a turn's last word is in no span


_NLP: list[Language] = []


def _shared() -> Language:
    if not _NLP:
        _NLP.append(load_pipeline())
    return _NLP[0]


def test_the_cache_gives_back_the_same_doc(nlp: Language, tmp_path: Path) -> None:
    cache = DocCache(tmp_path / "docs", nlp)
    parsed = one(TRANSCRIPT, nlp, cache)
    cached = cache.get(TRANSCRIPT)
    assert cached is not None
    assert annotations(cached) == annotations(parsed)
    for key in ("turns", "cut_sentences"):
        assert [(s.start, s.end, s.label_, s.id_) for s in cached.spans[key]] == [
            (s.start, s.end, s.label_, s.id_) for s in parsed.spans[key]
        ]
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "changed",
    [
        replace(TRANSCRIPT, text=TEXT.replace("four", "gour")),
        replace(TRANSCRIPT, text=TEXT.replace("Oui, on a", "on a, Oui")),  # the same words in another order
        replace(TRANSCRIPT, turns=TRANSCRIPT.turns[:2]),
        replace(TRANSCRIPT, turns=(replace(TRANSCRIPT.turns[0], role="respondent"), *TRANSCRIPT.turns[1:])),
        replace(TRANSCRIPT, wrapped=True),
    ],
)
def test_a_change_of_text_or_turns_is_another_entry(nlp: Language, tmp_path: Path, changed: Transcript) -> None:
    cache = DocCache(tmp_path, nlp)
    one(TRANSCRIPT, nlp, cache)
    assert cache.get(changed) is None


def test_what_is_no_part_of_the_doc_is_no_part_of_the_key(nlp: Language, tmp_path: Path) -> None:
    cache = DocCache(tmp_path, nlp)
    assert cache.key(replace(TRANSCRIPT, id="other", case_id="c")) == cache.key(TRANSCRIPT)


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "other"])
def test_a_damaged_entry_is_found_and_made_again(nlp: Language, tmp_path: Path, damage: str) -> None:
    cache = DocCache(tmp_path, nlp)
    expected = annotations(one(TRANSCRIPT, nlp, cache))
    (entry,) = cache.entries()
    content = bytearray(entry.read_bytes())
    if damage == "truncate":
        content = content[: len(content) // 2]
    elif damage == "flip":
        content[-20] ^= 0xFF
    elif damage == "empty":
        content = bytearray()
    else:
        content = bytearray(b"something else altogether, longer than a header of forty bytes")
    entry.write_bytes(content)
    assert cache.get(TRANSCRIPT) is None
    assert annotations(one(TRANSCRIPT, nlp, cache)) == expected
    assert cache.get(TRANSCRIPT) is not None


def test_a_cache_that_cannot_be_written_is_none(nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = DocCache(tmp_path / "file" / "docs", nlp)
    assert one(TRANSCRIPT, nlp, cache).text == TEXT


def test_clearing_removes_all(nlp: Language, tmp_path: Path) -> None:
    cache = DocCache(tmp_path / "docs", nlp)
    one(TRANSCRIPT, nlp, cache)
    cache.clear()
    assert not cache.folder.exists()


def _fill(folder: str) -> list[str]:
    nlp = load_pipeline()
    cache = DocCache(Path(folder), nlp)
    transcripts = [Transcript(id=str(n), text=f"On a {n} paniers.") for n in range(20)]
    return [doc.text for doc in docs_for(transcripts, nlp, cache)]


def test_two_processes_may_share_a_cache(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(_fill, [str(tmp_path)] * 2)
    assert first == second
    assert len(list(tmp_path.glob("*.doc"))) == 20
    assert list(tmp_path.glob("*.part")) == []
