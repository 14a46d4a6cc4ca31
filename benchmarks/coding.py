"""How fast rules code parsed Docs, and how the time grows with the codebook.

    OMP_NUM_THREADS=1 python benchmarks/coding.py CORPUS CODEBOOK

Words a second with the codebook; then with 50 and with 2,000 phrase rules drawn from the corpus's own words, and the
ratio of the two times, which should hardly exceed 1; a tokenizer's pass over the same texts measures the machine.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from ptce_qual.codebook import load_codebook
from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.nlp import DocCache, docs_for, load_pipeline
from ptce_qual.nlp.words import is_word
from ptce_qual.readers import read_corpus

PASSES = 5


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of some passes, after one that is not counted."""
    work()
    taken = []
    for _ in range(PASSES):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def phrases(docs: list[Doc], count: int, vocab: Vocab) -> RuleSet:
    """Return rules that are pairs of neighbouring words of the corpus, drawn with a fixed seed."""
    chance = random.Random(0)  # noqa: S311
    words = [[t.text for t in doc if t.is_alpha and len(t) > 3] for doc in docs]
    pairs = [pair for text in words for pair in pairwise(text)]
    rows = [f"      - {first} {second}" for first, second in chance.sample(sorted(set(pairs)), count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        path.write_text("title: x\ncodes:\n  - id: x\n    label: x\n    rules:\n" + "\n".join(rows), encoding="utf-8")
        return RuleSet(load_codebook(path), vocab)


def main(corpus: Path, codebook: Path) -> None:
    """Print the figures."""
    nlp = load_pipeline()
    transcripts = read_corpus(corpus)[0].transcripts
    with tempfile.TemporaryDirectory() as folder:
        docs = list(docs_for(transcripts, nlp, DocCache(Path(folder), nlp)))
    words = sum(is_word(token.text) for doc in docs for token in doc)
    tokenizer = seconds(lambda: [nlp.make_doc(one.text) for one in transcripts])
    print(f"{words:,} words; the tokenizer alone: {words / tokenizer:,.0f} words/s")
    shipped = RuleSet(load_codebook(codebook), nlp.vocab)
    taken = seconds(lambda: [code_doc(doc, shipped) for doc in docs])
    print(f"{len(shipped.rules):,} rules: {words / taken:,.0f} words/s, {taken / tokenizer:.2f} × the tokenizer")
    few, many = (phrases(docs, count, nlp.vocab) for count in (50, 2000))
    small, large = (seconds(lambda rules=rules: [code_doc(doc, rules) for doc in docs]) for rules in (few, many))
    print(f"50 phrases: {words / small:,.0f} words/s; 2,000: {words / large:,.0f} words/s; ratio {large / small:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
