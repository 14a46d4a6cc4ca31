"""Learn the points of the shipped codebook from coded interviews, and write them into it.

    python -m training.points [--codebook codebook.yaml] [--precision 0.73] [--write]

Interviews of `training/interviews` that are kept for validation are not read. Without --write only the figures are
told: precision and recall over interviews by writers whom the regressions had not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ptce_qual.codebook import load_codebook
from ptce_qual.coding.transcripts import CodingOptions, TranscriptCoder
from training.points.fitting import Fitting, threshold_for
from training.points.sentences import Seen, examples_of, passages_of_folder, sentences_of_folder
from training.points.writing import with_points

ROOT = Path(__file__).parents[2]
INTERVIEWS = ROOT / "training" / "interviews"
PASSAGES = ROOT / "training" / "passages"
VALIDATION = ("cypress", "dogwood", "juniper", "lotus", "magnolia", "olive", "quince", "willow")
TUNED_ON_CORPUS = ("valbrenne-porteur", "kerhoadec-collectivite", "noirlande-membre", "clairvoix-collectivite",
                   "peyrelongue-membre")  # fmt: skip
TUNED = frozenset({"alder", "birch", "cedar", "tuned", "examples"})
_PRECISION = 0.76
_LEAST_OF_A_CODE = 0.6  # precision of each code, where all together have more


def read_sentences(coder: TranscriptCoder) -> Iterator[Seen]:
    """Yield the sentences to learn from."""
    for one in sentences_of_folder(INTERVIEWS, [INTERVIEWS / "codings.csv"], coder):
        if one.source not in VALIDATION:
            yield one
    corpus = ROOT / "corpus"
    yield from sentences_of_folder(corpus, [INTERVIEWS / "corpus_codings.csv"], coder)
    gold = [corpus / "gold" / "reader_a.csv", corpus / "gold" / "reader_b.csv"]
    for one in sentences_of_folder(corpus, gold, coder, only=TUNED_ON_CORPUS):
        yield Seen(one.transcript_id, "tuned", one.words, one.rules, one.codes)


def main() -> None:
    """Learn, tell the figures, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codebook", type=Path, default=ROOT / "codebook.yaml")
    parser.add_argument("--precision", type=float, default=_PRECISION, help="of all codes together, out of sample")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    loaded = load_codebook(asked.codebook)
    coder = TranscriptCoder(loaded, CodingOptions(cache=Path(".ptce-qual/docs")))
    sentences = [*read_sentences(coder), *passages_of_folder(PASSAGES, coder), *examples_of(loaded, coder)]
    fitting = Fitting(sentences, tuned=TUNED)
    codes = [code.id for code in loaded.codebook.codes if code.rules]
    told = {code: fitting.out_of_sample(code) for code in codes}
    overall = threshold_for(
        np.concatenate([one for one, _truth in told.values()]),
        np.concatenate([truth for _one, truth in told.values()]),
        asked.precision,
    )
    thresholds = {code: max(overall, threshold_for(*told[code], _LEAST_OF_A_CODE)) for code in codes}
    right = made = true = 0
    for code, (probability, truth) in told.items():
        found = probability >= thresholds[code]
        right, made, true = right + int((found & truth).sum()), made + int(found.sum()), true + int(truth.sum())
        print(f"{code:28} {thresholds[code]:.2f}  P {(found & truth).sum() / max(1, found.sum()):.2f}  "
              f"R {(found & truth).sum() / max(1, truth.sum()):.2f}  of {truth.sum()}")  # fmt: skip
    print(f"{len(fitting.sentences)} sentences, out of sample: P {right / made:.3f} R {right / true:.3f} "
          f"F1 {2 * right / (made + true):.3f}")  # fmt: skip
    if asked.write:
        fitted = {code: fitting.fitted(code, thresholds[code]) for code in codes}
        asked.codebook.write_text(with_points(loaded.text, fitted), encoding="utf-8")


if __name__ == "__main__":
    main()
