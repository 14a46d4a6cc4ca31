"""Load the French pipeline: the shipped one, or another spaCy pipeline in its place."""

from __future__ import annotations

import hashlib
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

from ptce_qual.errors import PipelineError

# Each is a factory that the shipped pipeline's config names; spaCy finds them by entry point, and by these imports in
# a source tree that is not installed.
from ptce_qual.nlp import embed, language, lemmatizer, sentences, subject_clitics  # noqa: F401

SHIPPED = Path(__file__).parent / "fr_entretiens"
_LONGEST_TEXT = 1_000_000_000
_NEEDED = {
    "token.pos": "parts of speech (a morphologizer or tagger)",
    "token.lemma": "lemmas (a lemmatizer)",
    "token.dep": "a dependency parse (a parser)",
}


def load_pipeline(model: str | Path | None = None) -> Language:
    """Load a pipeline that gives lemmas, parts of speech, a parse, and sentences that respect speaker turns.

    Args:
        model: the name or path of an installed spaCy pipeline for French; None loads the one shipped here.

    Raises:
        PipelineError: the pipeline is missing, can't be loaded, is not for French, or lacks what is needed.
    """
    name = str(model) if model is not None else str(SHIPPED)
    try:
        # NumPy's matrix product; on processors that the BLIS of spaCy does not know it is up to three times as fast.
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(_how_to_get(name, error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise PipelineError(f"The pipeline « {name} » can't be loaded: {error}") from error
    _check(nlp, name)
    nlp.max_length = _LONGEST_TEXT
    if not any(nlp.get_pipe_meta(pipe).factory == "speech_sentences" for pipe in nlp.pipe_names):
        nlp.add_pipe("speech_sentences", first=True)
    return nlp


def _how_to_get(name: str, error: OSError) -> str:
    if name == str(SHIPPED):
        return f"The shipped pipeline is damaged ({error}). Reinstall it: pip install --force-reinstall ptce-qual"
    if "/" in name or "\\" in name or Path(name).exists():
        return f"« {name} » holds no spaCy pipeline that can be loaded: {error}"
    return f"The pipeline « {name} » is not installed. Install it: python -m spacy download {name}"


def _check(nlp: Language, name: str) -> None:
    if not str(nlp.lang).startswith("fr"):
        raise PipelineError(f"The pipeline « {name} » is for the language « {nlp.lang} »; a French one is needed.")
    given = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    missing = [what for attribute, what in _NEEDED.items() if attribute not in given]
    if missing:
        raise PipelineError(f"The pipeline « {name} » does not provide {' nor '.join(missing)}.")


def pipeline_hash(nlp: Language) -> str:
    """Return a SHA-256 of what determines the pipeline's output: its files, or its bytes where it is from none."""
    digest = hashlib.sha256()
    path = nlp.path
    if path is None:
        digest.update(nlp.to_bytes())
    else:
        for file in sorted(file for file in Path(path).rglob("*") if file.is_file()):
            digest.update(file.relative_to(path).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(" ".join(nlp.pipe_names).encode())
    return digest.hexdigest()
