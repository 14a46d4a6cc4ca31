"""Load the French pipeline: the shipped one, or another spaCy pipeline in its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.vocab import Vocab, create_vocab
from thinc.api import use_ops

from ptce_qual.errors import PipelineError

# Each is a factory that the shipped pipeline's config names; spaCy finds them by entry point, and by these imports in
# a source tree that is not installed.
from ptce_qual.nlp import embed, language, lemmatizer, sentences, subject_clitics  # noqa: F401
from ptce_qual.translation import _

SHIPPED = Path(__file__).parent / "fr_entretiens"
_LONGEST_TEXT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PipelineShell:
    """What parsed Docs need of the shipped pipeline: its vocabulary, without the components that take time to load."""

    path: Path
    pipe_names: list[str]
    vocab: Vocab

    @contextmanager
    def memory_zone(self) -> Iterator[None]:
        """Forget afterwards the strings met meanwhile, as `Language.memory_zone` does."""
        with self.vocab.memory_zone():
            yield


def shipped_shell() -> PipelineShell | None:
    """Return the shipped pipeline without its components, None where its description can't be read."""
    try:
        names = json.loads((SHIPPED / "meta.json").read_text(encoding="utf-8"))["pipeline"]
    except (OSError, ValueError, KeyError):
        return None  # to load it tells why
    return PipelineShell(SHIPPED, names, create_vocab(language.CODE, language.SpeechDefaults))


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
        raise PipelineError(_("The pipeline « {name} » can't be loaded: {reason}", name=name, reason=error)) from error
    _check(nlp, name)
    nlp.max_length = _LONGEST_TEXT
    if not any(nlp.get_pipe_meta(pipe).factory == "speech_sentences" for pipe in nlp.pipe_names):
        nlp.add_pipe("speech_sentences", first=True)
    return nlp


def _how_to_get(name: str, error: OSError) -> str:
    if name == str(SHIPPED):
        return _(
            "The shipped pipeline is damaged ({reason}). Reinstall it: pip install --force-reinstall ptce-qual",
            reason=error,
        )
    if "/" in name or "\\" in name or Path(name).exists():
        return _("« {name} » holds no spaCy pipeline that can be loaded: {reason}", name=name, reason=error)
    return _("The pipeline « {name} » is not installed. Install it: python -m spacy download {name}", name=name)


def _check(nlp: Language, name: str) -> None:
    if not str(nlp.lang).startswith("fr"):
        message = _(
            "The pipeline « {name} » is for the language « {language} »; a French one is needed.",
            name=name,
            language=nlp.lang,
        )
        raise PipelineError(message)
    given = {attribute for pipe in nlp.pipe_names for attribute in nlp.get_pipe_meta(pipe).assigns}
    missing = [what for attribute, what in _needed().items() if attribute not in given]
    if missing:
        raise PipelineError(_what_is_missing(name, missing))


def _needed() -> dict[str, str]:
    return {
        "token.pos": _("parts of speech (a morphologizer or tagger)"),
        "token.lemma": _("lemmas (a lemmatizer)"),
        "token.dep": _("a dependency parse (a parser)"),
    }


def _what_is_missing(name: str, missing: list[str]) -> str:
    if len(missing) == 1:
        return _("The pipeline « {name} » does not provide {what}.", name=name, what=missing[0])
    if len(missing) == 2:
        first, second = missing
        return _(
            "The pipeline « {name} » does not provide {first} nor {second}.", name=name, first=first, second=second
        )
    first, second, third = missing
    return _(
        "The pipeline « {name} » does not provide {first} nor {second} nor {third}.",
        name=name,
        first=first,
        second=second,
        third=third,
    )


def pipeline_hash(nlp: Language | PipelineShell) -> str:
    """Return a SHA-256 of what determines the pipeline's output: its files, or its bytes where it is from none."""
    digest = hashlib.sha256()
    path = nlp.path
    if path is None and isinstance(nlp, Language):
        digest.update(nlp.to_bytes())
    else:
        for file in sorted(file for file in Path(path).rglob("*") if file.is_file()):
            digest.update(file.relative_to(path).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(" ".join(nlp.pipe_names).encode())
    return digest.hexdigest()
