"""How long a dossier takes to make, and how large it is: the command, and its steps after import.

    python benchmarks/dossier.py RESULTS...

Seconds are of the processor, the least of some passes; each is also given as a ratio to reading the results in the same
run, since machines differ. The results are copied, not changed.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ptce_qual.study import open_study
from ptce_qual.workflow.contents import read_analyses
from ptce_qual.workflow.dossier import dossier_files, report_options

PASSES = 3


def least(work: Callable[[], object]) -> float:
    """Return the least seconds of some passes."""
    seconds = []
    for _ in range(PASSES):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def command(folder: Path) -> float:
    """Return the least seconds of `ptce-qual report`, start-up and its own processes included."""
    seconds = []
    for _ in range(PASSES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "ptce_qual", "report", str(folder)], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds)


def measure(results: Path) -> None:
    """Print the figures of one results folder."""
    study, _problems = open_study(results.resolve().parent)
    reading = least(lambda: read_analyses(results, study))

    def made() -> dict[str, bytes]:
        analyses, manifest, codebook_text = read_analyses(results, study)
        options = report_options(manifest.analyses, manifest.study, analyses.coded.codebook.language)
        return dossier_files(analyses, manifest, codebook_text, options)

    making = least(made) - reading
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "results"
        shutil.copytree(results, copy)
        whole = command(copy)
    files = made()
    pages = {name: len(content) for name, content in files.items() if name.endswith(".html")}
    largest = max(pages, key=lambda name: pages[name])
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{results}: {len(pages)} pages, {sum(map(len, files.values())) / 1e6:.1f} MB in all")
    print(f"report.html {pages['report.html'] / 1e6:.1f} MB; the largest page {largest} {pages[largest] / 1e6:.1f} MB")
    for name, seconds in (("the command", whole), ("reading", reading), ("making", making)):
        print(f"{name:15} {seconds:8.2f} s   {seconds / reading:6.1f} times reading")
    print(f"memory of the largest command so far {memory:,.0f} MB")


if __name__ == "__main__":
    for one in sys.argv[1:]:
        measure(Path(one))
