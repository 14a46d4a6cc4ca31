"""The same map in one process or in several."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from ptce_qual.errors import InputError
from ptce_qual.executors import ordered_map

prepared: list[object] = []


def prepare(*given: object) -> None:
    prepared[:] = given


def refuse() -> None:
    raise InputError("refused")


def slow_first(number: int) -> tuple[int, list[object]]:
    time.sleep(0.3 if number == 0 else 0)
    return number * number, list(prepared)


def fail_at_two(number: int) -> int:
    if number == 2:
        raise InputError("two")
    return number


def wait_long(file: str) -> None:
    Path(file).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def end_abruptly(_number: int) -> None:
    os._exit(3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_in_order_and_prepared(jobs: int) -> None:
    found = list(ordered_map(slow_first, range(5), jobs=jobs, prepare=prepare, given=iter(["a", 1])))
    assert found == [(number * number, ["a", 1]) for number in range(5)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_raised_where_it_is_met(jobs: int) -> None:
    outcomes = ordered_map(fail_at_two, range(4), jobs=jobs)
    assert [next(outcomes), next(outcomes)] == [0, 1]
    with pytest.raises(InputError, match="two"):
        next(outcomes)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_preparation(jobs: int) -> None:
    with pytest.raises(InputError, match="refused"):
        list(ordered_map(fail_at_two, range(2), jobs=jobs, prepare=refuse))


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_to_do(jobs: int) -> None:
    assert list(ordered_map(fail_at_two, [], jobs=jobs)) == []


def test_who_stops_listening_waits_for_nothing(tmp_path: Path) -> None:
    started = tmp_path / "started"
    outcomes = ordered_map(wait_long_or_not, [None, str(started), str(started)], jobs=2)
    next(outcomes)
    while not started.exists():
        time.sleep(0.01)
    began = time.monotonic()
    outcomes.close()
    assert time.monotonic() - began < 10
    assert multiprocessing.active_children() == []


def wait_long_or_not(file: str | None) -> None:
    if file:
        wait_long(file)


def test_a_process_that_dies_is_an_error_and_no_wait_without_end() -> None:
    with pytest.raises(RuntimeError, match="terminated abruptly"):
        list(ordered_map(end_abruptly, range(3), jobs=2))
