"""How fast the French pipeline is: start-up, words a second with and without the parser, and from a warm cache.

    OMP_NUM_THREADS=1 python benchmarks/pipeline.py FILE.txt...

The tokenizer alone is timed in the same run, and each figure is also given as a ratio to it, since machines differ.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ptce_qual.model import Transcript
from ptce_qual.nlp import DocCache, docs_for, load_pipeline

PASSES = 5
START_UP = "from ptce_qual.nlp import load_pipeline; load_pipeline()('Y a pas de réunion, euh, au Pôle.')"


def rate(words: int, work: Callable[[], object]) -> float:
    """Return words a second: the median of some passes, after one that is not counted."""
    work()
    seconds = []
    for _ in range(PASSES):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return words / statistics.median(seconds)


def start_up() -> float:
    """Return the seconds from the start of a process to its first parsed sentence: the median of some runs."""
    seconds = []
    for _ in range(PASSES):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", START_UP], check=True)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def main(files: list[str]) -> None:
    """Print the figures for the given texts."""
    nlp = load_pipeline()
    transcripts = [Transcript(id=name, text=Path(name).read_text(encoding="utf-8")) for name in files]
    words = sum(not token.is_space for t in transcripts for token in nlp.make_doc(t.text))

    def parse() -> None:
        for _ in docs_for(transcripts, nlp):
            pass

    tokens = rate(words, lambda: [nlp.make_doc(transcript.text) for transcript in transcripts])
    whole = rate(words, parse)
    with nlp.select_pipes(disable=["parser"]):
        unparsed = rate(words, parse)
    with tempfile.TemporaryDirectory() as folder:
        cache = DocCache(Path(folder) / "docs", nlp)
        cached = rate(words, lambda: [len(doc) for doc in docs_for(transcripts, nlp, cache)])
    print(f"{words:,} words; start-up to the first parsed sentence {start_up():.2f} s")
    for name, figure in (("tokenizer", tokens), ("whole", whole), ("without parser", unparsed), ("warm cache", cached)):
        print(f"{name:15} {figure:10,.0f} words/s   {figure / tokens:.3f} of the tokenizer's rate")


if __name__ == "__main__":
    main(sys.argv[1:])
