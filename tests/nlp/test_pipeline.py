"""The shipped pipeline: what it says of spoken French, how it loads, and what other pipelines must provide."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from ptce_qual.errors import PipelineError
from ptce_qual.nlp.pipeline import SHIPPED, load_pipeline, pipeline_hash, shipped_shell

CASES = [
    line.split(" | ")
    for line in (Path(__file__).parent / "spoken_sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_lemmas_and_parts_of_speech_of_spoken_french(nlp: Language, text: str, expected: str) -> None:
    tokens = iter(nlp(text))
    for item in expected.split():
        form, _, rest = item.partition("=")
        lemma, _, pos = rest.rpartition("/")
        token = next((token for token in tokens if token.text == form), None)
        assert token is not None, f"no token « {form} »"
        assert (token.text, token.lemma_) == (form, lemma)
        assert pos in ("~", token.pos_), f"{form}: {token.pos_}"


def test_there_are_sixty_sentences_and_each_is_one(nlp: Language) -> None:
    assert len(CASES) >= 60
    assert [text for text, _ in CASES if len(list(nlp(text).sents)) != 1] == []


def test_hesitations_are_interjections(nlp: Language) -> None:
    doc = nlp("Euh, on a, hm, bah, on a rien eu, hein.")
    assert {token.text for token in doc if token.pos_ == "INTJ"} >= {"Euh", "hm", "bah", "hein"}


def test_either_apostrophe_and_any_capital_give_the_same_lemmas(nlp: Language) -> None:
    plain = [token.lemma_ for token in nlp("C'est l'école d'à côté qui n'a rien eu.")]
    assert [token.lemma_ for token in nlp("C’est l’école d’à côté qui n’a rien eu.")] == plain
    assert [token.lemma_ for token in nlp("C'EST L'ECOLE")][-1] == "école"


def test_the_parse_finds_what_a_negation_bears_on(nlp: Language) -> None:
    doc = nlp("Le maire nous aide, mais la Région donne pas un centime.")
    pas = next(token for token in doc if token.text == "pas")
    assert pas.head.text in ("donne", "centime")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_ever_changed(text: str) -> None:
    doc = load_once()(text)
    assert doc.text == text
    assert all(token.lemma_ or token.is_space for token in doc)


_LOADED: list[Language] = []


def load_once() -> Language:
    if not _LOADED:
        _LOADED.append(load_pipeline())
    return _LOADED[0]


def test_it_is_small_and_says_what_it_is() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= 15_000_000
    meta = json.loads((SHIPPED / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC BY-SA 4.0"
    assert len(meta["sources"]) == 5
    for treebank in ("Rhapsodie", "ParisStories", "GSD"):
        assert meta["performance"][treebank]["lemma_open"] > 0.95
        assert treebank in (SHIPPED / "MODEL.md").read_text(encoding="utf-8")


def test_plain_spacy_loads_it_without_network_and_without_language_data() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise OSError('no network here')\n"
        "socket.socket.connect = refuse\n"
        "import spacy\n"
        f"doc = spacy.load({str(SHIPPED)!r})('Y a pas de réunion.')\n"
        "assert [t.lemma_ for t in doc] == ['y', 'avoir', 'pas', 'de', 'réunion', '.'], [t.lemma_ for t in doc]\n"
        "assert not any(m.startswith(('spacy.lang.fr', 'spacy_lookups_data')) for m in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, "")


def test_importing_the_package_loads_no_pipeline() -> None:
    code = "import ptce_qual, ptce_qual.nlp, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_a_missing_pipeline_names_the_command_that_installs_it() -> None:
    with pytest.raises(PipelineError, match="python -m spacy download fr_core_news_md"):
        load_pipeline("fr_core_news_md")


def test_a_folder_that_is_no_pipeline_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(PipelineError, match=r"can(.t)? be loaded"):
        load_pipeline(tmp_path)


def test_a_pipeline_must_provide_lemmas_and_a_parse(tmp_path: Path) -> None:
    spacy.blank("fr_speech").to_disk(tmp_path / "empty")
    with pytest.raises(PipelineError, match="lemmas"):
        load_pipeline(tmp_path / "empty")


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "english")
    with pytest.raises(PipelineError, match="« en »"):
        load_pipeline(tmp_path / "english")


def test_another_pipeline_gets_sentences_that_respect_turns(nlp: Language, tmp_path: Path) -> None:
    other = spacy.load(SHIPPED, exclude=["speech_sentences"])
    other.to_disk(tmp_path / "other")
    loaded = load_pipeline(tmp_path / "other")
    assert loaded.get_pipe_meta(loaded.pipe_names[0]).factory == "speech_sentences"
    assert pipeline_hash(loaded) != pipeline_hash(nlp)


def test_the_shell_of_the_shipped_pipeline_tells_its_hash(nlp: Language) -> None:
    shell = shipped_shell()
    assert shell is not None
    assert pipeline_hash(shell) == pipeline_hash(nlp)
