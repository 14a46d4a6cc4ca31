"""Measure a pipeline on the development sets, with the baselines beside it in the same run.

    python -m training.evaluate TREEBANKS [PIPELINE] [--write]

`--write` puts the figures into the pipeline's model card and `meta.json`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import simplemma
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from ptce_qual.nlp.pipeline import SHIPPED, load_pipeline
from training.conllu import Sentence, in_groups
from training.convert import SENTENCES_A_DOCUMENT, development_sentences, make_doc

OPEN_CLASSES = ("NOUN", "VERB", "ADJ")
TIMED_WORDS = 60_000
_MARK = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1, of one development set."""

    treebank: str
    words: int
    token_f: float
    sentence_f: float
    lemma: float
    lemma_open: float
    pos: float
    morph: float
    uas: float
    las: float
    lookup_open: float
    simplemma_open: float


def measure(nlp: Language, name: str, sentences: Sequence[Sentence]) -> Figures:
    """Compare the pipeline's output on the raw text of `sentences`, ten a document, with their annotation.

    Attachment scores leave punctuation out, as spaCy's `Scorer` does; lemmas and parts of speech are counted on the
    tokens that align with the treebank's.
    """
    gold = [make_doc(nlp.vocab, group) for group in in_groups(sentences, SENTENCES_A_DOCUMENT)]
    examples = [Example(doc, reference) for doc, reference in zip(nlp.pipe(g.text for g in gold), gold, strict=True)]
    scores = Scorer(nlp).score(examples)
    lookup = _lookup_table()
    pairs = [
        (token.lemma_, lemma, lookup.get(token.text.lower(), token.text.lower()), simplemma.lemmatize(token.text, "fr"))
        for example in examples
        for token, lemma, pos in zip(
            example.predicted,
            example.get_aligned("LEMMA", as_string=True),
            example.get_aligned("POS", as_string=True),
            strict=True,
        )
        if pos in OPEN_CLASSES and lemma
    ]
    own, by_table, by_simplemma = (sum(row[column] == row[1] for row in pairs) / len(pairs) for column in (0, 2, 3))
    return Figures(
        treebank=name,
        words=sum(len(doc) for doc in gold),
        token_f=scores["token_f"],
        sentence_f=scores["sents_f"],
        lemma=scores["lemma_acc"],
        lemma_open=own,
        pos=scores["pos_acc"],
        morph=scores["morph_acc"],
        uas=scores["dep_uas"],
        las=scores["dep_las"],
        lookup_open=by_table,
        simplemma_open=by_simplemma,
    )


def _lookup_table() -> dict[str, str]:
    path = resources.files("spacy_lookups_data").joinpath("data", "fr_lemma_lookup.json.gz")
    table: dict[str, list[str]] = json.loads(gzip.decompress(path.read_bytes()))
    return {form: lemmas[0] for form, lemmas in table.items()}


def words_a_second(nlp: Language, texts: Sequence[str], *, parser: bool) -> float:
    """Return the throughput on one core, tokens and spaces included, the median of three passes after a first."""
    disabled = [] if parser else ["parser"]
    rates = []
    with nlp.select_pipes(disable=disabled):
        for _ in range(4):
            begin = time.perf_counter()
            words = sum(len(doc) for doc in nlp.pipe(texts))
            rates.append(words / (time.perf_counter() - begin))
    return sorted(rates[1:])[1]


def _timed_texts(sets: Iterable[Sequence[Sentence]]) -> list[str]:
    """Return documents of some 5,000 words, as long as a part of an interview, until there are enough words."""
    texts = [
        " ".join(sentence.text for sentence in sentences[at : at + 300])
        for sentences in sets
        for at in range(0, len(sentences), 300)
    ]
    repeated, words = [], 0
    while words < TIMED_WORDS:
        repeated += texts
        words += sum(len(text.split()) for text in texts)
    return repeated


def as_markdown(figures: Sequence[Figures], with_parser: float, without: float) -> str:
    """Return the figures as the table of the model card."""
    rows = [
        ("Words", [f"{f.words:,}" for f in figures]),
        ("Tokens, F", [_percent(f.token_f) for f in figures]),
        ("Sentences, F", [_percent(f.sentence_f) for f in figures]),
        ("Lemmas, all", [_percent(f.lemma) for f in figures]),
        ("**Lemmas of nouns, verbs, adjectives**", [_percent(f.lemma_open) for f in figures]),
        ("  the same by spaCy's lookup table", [_percent(f.lookup_open) for f in figures]),
        ("  the same by simplemma", [_percent(f.simplemma_open) for f in figures]),
        ("Parts of speech", [_percent(f.pos) for f in figures]),
        ("Morphology", [_percent(f.morph) for f in figures]),
        ("UAS", [_percent(f.uas) for f in figures]),
        ("LAS", [_percent(f.las) for f in figures]),
    ]
    lines = [
        "| % | " + " | ".join(f.treebank for f in figures) + " |",
        "|---|" + "---|" * len(figures),
        *(f"| {name} | " + " | ".join(values) + " |" for name, values in rows),
        "",
        f"Words a second on one core: {with_parser:,.0f} with the parser, {without:,.0f} without.",
    ]
    return "\n".join(lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def write_figures(pipeline: Path, figures: Sequence[Figures], table: str) -> None:
    """Put the figures into the pipeline's `MODEL.md` and `meta.json`."""
    card = pipeline / "MODEL.md"
    card.write_text(_MARK.sub(rf"\g<1>{table}\n\g<2>", card.read_text(encoding="utf-8")), encoding="utf-8")
    meta = json.loads((pipeline / "meta.json").read_text(encoding="utf-8"))
    meta["performance"] = {
        f.treebank: {
            key: round(getattr(f, key), 4)
            for key in ("token_f", "sentence_f", "lemma", "lemma_open", "pos", "morph", "uas", "las")
        }
        for f in figures
    }
    (pipeline / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Print the figures; with `--write`, keep them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("pipeline", type=Path, nargs="?", default=SHIPPED)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    nlp = load_pipeline(arguments.pipeline)
    sets = development_sentences(arguments.treebanks)
    figures = [measure(nlp, name, sentences) for name, sentences in sets.items()]
    texts = _timed_texts(sets.values())
    table = as_markdown(figures, words_a_second(nlp, texts, parser=True), words_a_second(nlp, texts, parser=False))
    print(table)
    if arguments.write:
        write_figures(arguments.pipeline, figures, table)


if __name__ == "__main__":
    main()
