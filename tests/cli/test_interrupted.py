"""Ctrl-C: exit code 130 at once, no traceback, the results of before as they were."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_studies import contents, write

ENOUGH = 30  # seconds that a loaded machine may take to end what takes it half a second


def has_parsed(study: Path, _process: int) -> bool:
    return any(study.glob(".ptce-qual/docs/*.doc"))


def has_workers(_study: Path, process: int) -> bool:
    """Tell whether processes were started beside the one that tracks resources: they take a second to be ready."""
    return len(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()) > 1


def interrupted(study: Path, *options: str, once: Callable[[Path, int], bool]) -> subprocess.CompletedProcess[str]:
    """Press Ctrl-C as a terminal does, for all processes, once a run is so far."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "ptce_qual", "run", str(study), *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        while process.poll() is None and not once(study, process.pid):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=ENOUGH)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups on this system")
@pytest.mark.parametrize(("jobs", "once"), [("1", has_parsed), ("2", has_parsed), ("2", has_workers)])
def test_ctrl_c(jobs: str, once: Callable[[Path, int], bool], study: Path) -> None:
    if once is has_workers and not Path("/proc/self/task").exists():
        pytest.skip("children are not told on this system")
    long = "".join(f"E : Et la mairie ?\n\nR : La mairie nous a versé {number} euros.\n\n" for number in range(1500))
    write(study, {"corpus/gamma/long.txt": long, "corpus/gamma/plus.txt": long, "results/codings.csv": "avant\n"})
    before = contents(study / "results")
    ended = interrupted(study, "--jobs", jobs, once=once)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
    assert contents(study / "results") == before
    assert [path.name for path in (study / "results").iterdir()] == ["codings.csv"]
