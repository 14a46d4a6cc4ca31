"""The cache of parsed Docs: one file a Doc, named by a hash of all that determines it.

It holds confidential text, so its folder is readable by its owner only. A file that is truncated, altered or from
another version is found by its checksum or its name and made again. Writers write aside and rename, so that any number
of processes may share a cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import spacy.about
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from ptce_qual.model import Transcript
from ptce_qual.nlp.pipeline import PipelineShell, pipeline_hash

_FORMAT = 1
_MAGIC = b"ptce-doc"
_ATTRIBUTES = ["LEMMA", "POS", "MORPH", "HEAD", "DEP", "SENT_START"]
_CHECKSUM_BYTES = 32


class DocCache:
    """Docs kept between runs.

    Args:
        folder: made when first written to, mode 0700.
        nlp: the pipeline whose Docs these are; other pipelines' Docs in the same folder are not seen.
    """

    def __init__(self, folder: Path, nlp: Language | PipelineShell) -> None:
        self.folder = folder
        self._vocab = nlp.vocab
        self._pipeline = f"{_FORMAT} {spacy.about.__version__} {pipeline_hash(nlp)}"

    def key(self, transcript: Transcript) -> str:
        """Return the name of the transcript's entry: a hash of text, turns, pipeline, spaCy and cache format."""
        turns = ";".join(f"{turn.start}-{turn.end}-{turn.role}-{'|'.join(turn.speakers)}" for turn in transcript.turns)
        header = f"{self._pipeline}\n{turns}\n{transcript.wrapped}\n"
        return hashlib.sha256(header.encode() + transcript.text.encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, transcript: Transcript) -> Doc | None:
        """Return the transcript's Doc, or None where there is no sound entry."""
        try:
            content = self._path(transcript).read_bytes()
        except OSError:
            return None
        body = content[len(_MAGIC) + _CHECKSUM_BYTES :]
        if content[: len(_MAGIC)] + hashlib.sha256(body).digest() != content[: len(_MAGIC) + _CHECKSUM_BYTES]:
            return None
        stored = DocBin().from_bytes(body)
        for string in stored.strings:
            self._vocab.strings.add(string)
        stored.strings.clear()  # spaCy would make a lexeme of each, which takes longer than all else; few are words
        doc = next(iter(stored.get_docs(self._vocab)))
        # Its checksum and name vouch for the text; joining the tokens to compare it would cost more than reading them.
        end = doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0
        return doc if end == len(transcript.text) else None

    def put(self, transcript: Transcript, doc: Doc) -> None:
        """Keep a Doc. A cache that can't be written is none: the next run parses again."""
        body = DocBin(attrs=_ATTRIBUTES, docs=[doc]).to_bytes()
        with contextlib.suppress(OSError):
            self.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.folder.mkdir(exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_MAGIC + hashlib.sha256(body).digest() + body)
                Path(name).replace(self._path(transcript))
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    def entries(self) -> Iterator[Path]:
        """Yield the files of the cache, whatever pipeline they are of."""
        if self.folder.is_dir():
            yield from sorted(self.folder.glob("*.doc"))

    def clear(self) -> None:
        """Remove the cache with all it holds."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, transcript: Transcript) -> Path:
        return self.folder / f"{self.key(transcript)}.doc"
