"""How well the rules of a codebook find what readers found: precision, recall, F1 by sentence and code, and polarity.

    python benchmarks/rules.py CORPUS CODEBOOK READER.csv... [--only PART-OF-ID...] [--by-code] [--misses CODE]

A reader's CSV has transcript_id, start, end, code_id, polarity; only transcripts that it names are scored, and a
sentence counts as coded where a reader's row overlaps it by more than half. With several readers the scores against
each are given, and theirs against each other.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from ptce_qual.codebook import load_codebook
from ptce_qual.coding.transcripts import CodingOptions, TranscriptCoder
from ptce_qual.model import Transcript
from ptce_qual.readers import read_corpus

Marks = dict[tuple[str, int, str], str]
"""(transcript, number of the sentence, code) → polarity."""


def read_marks(path: Path, sentences: dict[str, list[tuple[int, int]]]) -> Marks:
    """Return what a reader coded, on our sentences."""
    marks: Marks = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for number, (start, end) in enumerate(sentences.get(row["transcript_id"], ())):
                shared = min(end, int(row["end"])) - max(start, int(row["start"]))
                if row["code_id"] and 2 * shared > end - start:
                    marks[row["transcript_id"], number, row["code_id"]] = row["polarity"]
    return marks


def scores(found: Iterable[object], true: Iterable[object]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    found, true = set(found), set(true)
    both = len(found & true)
    precision, recall = both / max(1, len(found)), both / max(1, len(true))
    return precision, recall, 2 * both / max(1, len(found) + len(true))


def report(name: str, found: Marks, true: Marks, *, by_code: bool) -> None:
    """Print the scores of `found` against `true`."""
    precision, recall, f1 = scores(found, true)
    codes = sorted({code for _, _, code in true} | {code for _, _, code in found})
    rows = []
    for code in codes:
        ours, theirs = ({key for key in marks if key[2] == code} for marks in (found, true))
        rows.append((code, *scores(ours, theirs), len(ours), len(theirs)))
    macro = sum(row[3] for row in rows) / max(1, len(rows))
    both = [key for key in found if key in true]
    right = sum(found[key] == true[key] for key in both) / max(1, len(both))
    rates = f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}, macro F1 {macro:.3f}"
    print(f"{name}: {rates}, polarity right {right:.3f} of {len(both)}")
    pairs = Counter((true[key], found[key]) for key in both)
    print("   polarity (theirs → ours):", ", ".join(f"{a[:3]}→{b[:3]} {n}" for (a, b), n in sorted(pairs.items())))
    if by_code:
        for code, p, r, f, ours, theirs in rows:
            low = "  LOW PRECISION" if ours >= 5 and p < 0.5 else ""
            print(f"   {code:28} P {p:.2f} R {r:.2f} F1 {f:.2f}  ours {ours:3} theirs {theirs:3}{low}")


Why = dict[tuple[str, int, str], str]
"""The lines and words of the rules behind each of our marks."""


def our_marks(chosen: list[Transcript], codebook: Path) -> tuple[Marks, Why, dict[str, list[tuple[int, int]]]]:
    """Code the transcripts, and return what was coded, why, and where their sentences are."""
    coder = TranscriptCoder(load_codebook(codebook), CodingOptions(cache=Path(".ptce-qual/docs")))
    sentences: dict[str, list[tuple[int, int]]] = {}
    marks: Marks = {}
    why: Why = {}
    for one in chosen:
        coded = coder(one)
        sentences[one.id] = list(coded.segmentation.sentences)
        place = {start: number for number, (start, _end) in enumerate(sentences[one.id])}
        for coding in coded.codings:
            key = (one.id, place[coding.start], coding.code_id)
            marks[key] = coding.polarity
            words = ((found.line, "…".join(one.text[a:b] for a, b in found.matches)) for found in coding.evidence)
            why[key] = " ".join(f"[{line}: {matched}]" for line, matched in words)
    return marks, why, sentences


def named_in(readers: list[Path]) -> set[str]:
    """Return the ids of the transcripts that readers have read."""
    return {row["transcript_id"] for path in readers for row in csv.DictReader(path.open(encoding="utf-8", newline=""))}


def main() -> None:
    """Score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("codebook", type=Path)
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("--only", nargs="*", default=[""], help="parts of the ids of the transcripts to score")
    parser.add_argument("--misses", help="print what is missed and what is found in vain of this code")
    parser.add_argument("--by-code", action="store_true")
    asked = parser.parse_args()
    corpus, _problems = read_corpus(asked.corpus)
    read = named_in(asked.readers)
    chosen = [one for one in corpus.transcripts if one.id in read and any(part in one.id for part in asked.only)]
    ours, why, sentences = our_marks(chosen, asked.codebook)
    theirs = {path: read_marks(path, sentences) for path in asked.readers}
    for path, marks in theirs.items():
        report(f"rules against {path.stem}", ours, marks, by_code=asked.by_code)
    for one, other in combinations(asked.readers, 2):
        if set(theirs[one]) & set(theirs[other]):
            report(f"{one.stem} against {other.stem}", theirs[one], theirs[other], by_code=False)
    joined = {key: value for marks in theirs.values() for key, value in marks.items()}
    if len(asked.readers) > 1:
        report("rules against all", ours, joined, by_code=asked.by_code)
    texts = {one.id: one.text for one in chosen}
    for key in sorted(key for key in set(joined) ^ set(ours) if key[2] == asked.misses):
        start, end = sentences[key[0]][key[1]]
        print("MISSED" if key in joined else "IN VAIN", f"{key[0]}: {texts[key[0]][start:end]}", why.get(key, ""))


if __name__ == "__main__":
    main()
