"""How fast rules code parsed Docs, and how the time grows with the codebook.

    OMP_NUM_THREADS=1 python benchmarks/coding.py CORPUS CODEBOOK

Words a second with the codebook; then with 50 and with 2,000 phrase rules drawn from the corpus's own words, and the
ratio of the two times. 2,000 rules find more to code, which takes time of its own: so they are timed with their words
turned round too, in which order few stand. A tokenizer's pass over the same texts measures the machine. Each time is
the sum over the texts of the least of some passes, since other work on a machine only adds to it; garbage is searched
for as seldom as the command does.
"""

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from spacy.tokens import Doc
from spacy.vocab import Vocab

from ptce_qual.cli import GARBAGE_SEARCHES
from ptce_qual.codebook import load_codebook
from ptce_qual.coding import RuleSet, code_doc
from ptce_qual.nlp import DocCache, docs_for, load_pipeline
from ptce_qual.nlp.words import is_word
from ptce_qual.readers import read_corpus

PASSES = 5
Item = TypeVar("Item")


def seconds(work: Callable[[Item], object], items: Sequence[Item]) -> float:
    """Return how long some work on each item takes: the least of some passes, after one that is not counted."""
    total = 0.0
    for item in items:
        work(item)
        taken = []
        for _ in range(PASSES):
            begin = time.perf_counter()
            work(item)
            taken.append(time.perf_counter() - begin)
        total += min(taken)
    return total


def phrases(docs: list[Doc], count: int, vocab: Vocab, *, turned: bool = False) -> RuleSet:
    """Return rules that are neighbouring words of the corpus, or these turned round, drawn with a fixed seed."""
    chance = random.Random(0)  # noqa: S311
    words = [[t.text for t in doc if t.is_alpha and len(t) > 3] for doc in docs]
    pairs = [pair for text in words for pair in pairwise(text)]
    drawn = chance.sample(sorted(set(pairs)), count)
    rows = [f"      - {b} {a}" if turned else f"      - {a} {b}" for a, b in drawn]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        path.write_text("title: x\ncodes:\n  - id: x\n    label: x\n    rules:\n" + "\n".join(rows), encoding="utf-8")
        return RuleSet(load_codebook(path), vocab)


def main(corpus: Path, codebook: Path) -> None:
    """Print the figures."""
    gc.set_threshold(*GARBAGE_SEARCHES)
    nlp = load_pipeline()
    transcripts = read_corpus(corpus)[0].transcripts
    with tempfile.TemporaryDirectory() as folder:
        docs = list(docs_for(transcripts, nlp, DocCache(Path(folder), nlp)))
    words = sum(is_word(token.text) for doc in docs for token in doc)
    tokenizer = seconds(nlp.make_doc, [one.text for one in transcripts])
    print(f"{words:,} words; the tokenizer alone: {words / tokenizer:,.0f} words/s")
    shipped = RuleSet(load_codebook(codebook), nlp.vocab)
    taken = seconds(lambda doc: code_doc(doc, shipped), docs)
    print(f"{len(shipped.rules):,} rules: {words / taken:,.0f} words/s, {taken / tokenizer:.2f} × the tokenizer")
    few = phrases(docs, 50, nlp.vocab)
    small = seconds(lambda doc: code_doc(doc, few), docs)
    print(f"50 phrases: {words / small:,.0f} words/s")
    for turned in (False, True):
        many = phrases(docs, 2000, nlp.vocab, turned=turned)
        large = seconds(lambda doc, many=many: code_doc(doc, many), docs)
        codings = sum(len(code_doc(doc, many)) for doc in docs)
        told = f"{words / large:,.0f} words/s, {codings:,} codings; {large / small:.2f} × the time of 50"
        print(f"2,000 phrases{', words turned round' if turned else ''}: {told}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
