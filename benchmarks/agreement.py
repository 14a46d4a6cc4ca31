"""How long agreement between coders takes: 4 coders × 27 codes × 10,000 sentences, 1,000 samples.

    python benchmarks/agreement.py [--coders 4] [--codes 27] [--sentences 10000] [--samples 1000] [--density 0.05]

A made-up corpus of 20 transcripts is coded by chance: a hidden truth of `density` of the sentences for each code, of
which each coder misses one in five, and marks about as many others. Printed are the seconds of each table, and those of
a sum over as many numbers, to compare machines by.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from ptce_qual.analysis.agreement import (
    CodedSpan,
    CoderComparison,
    MultipleCoding,
    Sampling,
    coder_agreement,
    disagreements,
    pair_agreement,
    polarity_agreement,
)
from ptce_qual.analysis.coded_corpus import CodedCorpus
from ptce_qual.codebook.model import Code, Codebook
from ptce_qual.model import Case, Corpus, Polarity, Segmentation, Transcript

TRANSCRIPTS = 20
LENGTH = 60
POLARITIES: tuple[Polarity, ...] = ("affirmed", "negated", "hypothetical")


def made_up(coders: int, codes: int, sentences: int, density: float) -> MultipleCoding:
    """Return codings by chance on a corpus of sentences of equal length."""
    generator = np.random.default_rng(0)
    each = sentences // TRANSCRIPTS
    bounds = tuple((LENGTH * place, LENGTH * place + LENGTH - 1) for place in range(each))
    transcripts = tuple(Transcript(f"t{place:02}", "x" * LENGTH * each, case_id="c") for place in range(TRANSCRIPTS))
    segmentations = {one.id: Segmentation(one.id, bounds, bounds, ()) for one in transcripts}
    codebook = Codebook(title="", codes=[Code(id=f"code{place}", label="x") for place in range(codes)])
    coded = CodedCorpus(Corpus(transcripts, (Case("c", "c"),)), segmentations, codebook, ())
    truth = generator.random((TRANSCRIPTS, each, codes)) < density
    spans = []
    for coder in range(coders):
        found = np.where(generator.random(truth.shape) < np.where(truth, 0.2, density / 5), ~truth, truth)
        told = generator.integers(0, 3, truth.shape)
        for place, sentence, code in np.argwhere(found).tolist():
            polarity = POLARITIES[told[place, sentence, code]]
            spans.append(CodedSpan(f"coder{coder}", f"t{place:02}", *bounds[sentence], f"code{code}", polarity))
    read = {f"coder{coder}": frozenset(segmentations) for coder in range(coders)}
    return MultipleCoding(coded, tuple(spans), read)


def timed(name: str, work: Callable[[], object]) -> None:
    """Run, and print how long it took."""
    start = time.perf_counter()
    work()
    print(f"{name:32} {time.perf_counter() - start:7.2f} s")


def main() -> None:
    """Time each table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coders", type=int, default=4)
    parser.add_argument("--codes", type=int, default=27)
    parser.add_argument("--sentences", type=int, default=10_000)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--density", type=float, default=0.05)
    asked = parser.parse_args()
    multiple = made_up(asked.coders, asked.codes, asked.sentences, asked.density)
    print(f"{len(multiple.spans)} codings")
    sampling = Sampling(samples=asked.samples)
    compared = CoderComparison(multiple, sampling=sampling)
    timed("laying codings on sentences", lambda: compared.judgements)
    timed("on the continuum", lambda: compared.speech)
    timed("all coders", lambda: coder_agreement(compared))
    timed("each pair", lambda: pair_agreement(compared))
    timed("polarity", lambda: polarity_agreement(compared))
    timed("disagreements", lambda: disagreements(compared, polarity=True))
    by_transcript = CoderComparison(multiple, cluster="transcript", sampling=sampling)
    timed("all coders, over transcripts", lambda: coder_agreement(by_transcript))
    characters = CoderComparison(multiple, unit="character", sampling=sampling)
    timed("all coders, by character", lambda: coder_agreement(characters))
    timed("(a sum over as many numbers)", lambda: sum(range(asked.coders * asked.codes * asked.sentences)))


if __name__ == "__main__":
    main()
