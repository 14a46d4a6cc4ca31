"""How memory grows with the corpus: peak memory of coding 40, 400 and 2,000 interviews, each in a process of its own.

    python benchmarks/memory.py CORPUS CODEBOOK

The interviews are those of the corpus over and over, with words of each copy altered so that no string is met before.
`kept` keeps what a run keeps (texts, bounds, codings); `dropped` drops it, which leaves what the pipeline and its
vocabulary keep.
"""

import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ptce_qual.codebook import load_codebook
from ptce_qual.coding.transcripts import CodingOptions, TranscriptCoder
from ptce_qual.model import Transcript
from ptce_qual.readers import read_corpus

SIZES = (40, 400, 2000)


def interviews(corpus: Path, count: int) -> Iterator[Transcript]:
    """Yield as many interviews; every tenth long word of a copy is one that only this copy has."""
    originals = read_corpus(corpus)[0].transcripts
    for number in range(count):
        one = originals[number % len(originals)]
        places = [match.start() for match in re.finditer(r"\w{6,}", one.text)][::10]
        letters = list(one.text)
        for place in places:
            letters[place : place + 3] = f"{number * 977 % 46656:03x}"[-3:].translate(
                str.maketrans("0123456789", "ghijklmnop")
            )
        yield replace(one, id=f"{one.id}-{number}", text="".join(letters))


def peak(corpus: Path, codebook: Path, count: int, *, keep: bool) -> float:
    """Code the interviews here, and return the peak memory of this process in MB."""
    coder = TranscriptCoder(load_codebook(codebook), CodingOptions())
    kept = []
    for one in interviews(corpus, count):
        coded = coder(one)
        if keep:
            kept.append((one, coded))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(corpus: str, codebook: str) -> None:
    """Print the peaks and the slopes between them."""
    for keep in ("kept", "dropped"):
        peaks = []
        for count in SIZES:
            command = [sys.executable, __file__, corpus, codebook, str(count), keep]
            peaks.append(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        slope = 1024 * (peaks[-1] - peaks[0]) / (SIZES[-1] - SIZES[0])
        told = ", ".join(f"{count} interviews {size:.0f} MB" for count, size in zip(SIZES, peaks, strict=True))
        print(f"{keep}: {told}; {slope:.0f} kB an interview")


if __name__ == "__main__":
    if len(sys.argv) == 5:
        print(peak(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), keep=sys.argv[4] == "kept"))
    else:
        main(sys.argv[1], sys.argv[2])
