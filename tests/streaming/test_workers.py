"""Processes side by side: results in order, defects told, nobody left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from attrs import frozen

from dmn_dli.runtime.input_error import InputError
from dmn_dli.streaming.workers import Ready, WorkerDefect, Workers, here, usable_processors


@frozen
class Squares:
    """A job: squares of numbers, the first of each three slowly; strange ones it does not survive."""

    def begun(self) -> Callable[[int], int]:
        def square(number: int) -> int:
            if number < 0:
                raise ZeroDivisionError("so negative")
            if number == 1_000:
                os.kill(os.getpid(), signal.SIGKILL)
            if number == 2_000:
                os._exit(7)
            time.sleep(0.02 if number % 3 == 0 else 0.0)
            return number * number

        return square


@frozen
class Unready:
    """A job that cannot be begun."""

    def begun(self) -> Callable[[int], int]:
        raise LookupError("no tables")


def _tasks(*numbers: int) -> Iterator[int | Ready[int]]:
    for number in numbers:
        yield number
        if number % 4 == 0:
            yield Ready(-number)


def test_results_come_in_the_order_of_the_tasks() -> None:
    with Workers[int, int](Squares(), 2) as workers:
        found = [*workers.in_order(_tasks(*range(30)))]
    assert found == [*here(Squares(), _tasks(*range(30)))]
    assert len(found) == 38


@pytest.mark.parametrize("others", [1, 2])
def test_this_process_works_as_long_as_no_other_is_ready(others: int) -> None:
    square, done = Squares().begun(), []

    def do(number: int) -> int:
        done.append(number)
        return square(number)

    with Workers[int, int](Squares(), others) as workers:
        results = workers.in_order(_tasks(*range(1, 400)), do)
        first = next(results)
        assert done[0] == 1
        assert [first, *results] == [*here(Squares(), _tasks(*range(1, 400)))]
    assert len(done) < 399


def test_tasks_are_taken_as_results_are_asked_for() -> None:
    taken = []

    def endless() -> Iterator[int]:
        number = 0
        while True:
            taken.append(number)
            yield number
            number += 1

    with Workers[int, int](Squares(), 2) as workers:
        results = workers.in_order(endless())
        for number in range(20):
            assert next(results) == number * number
            assert len(taken) <= number + 8


def test_what_nobody_foresaw_is_told_with_its_place() -> None:
    with pytest.raises(WorkerDefect) as caught, Workers[int, int](Squares(), 2) as workers:
        [*workers.in_order(iter([1, 2, -3, 4]))]
    assert "in square" in str(caught.value)
    assert str(caught.value).splitlines()[-1] == "ZeroDivisionError: so negative"
    with pytest.raises(WorkerDefect, match="no tables"), Workers[int, int](Unready(), 1) as workers:
        [*workers.in_order(iter([1]))]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_process_that_is_killed_is_no_defect_and_one_that_ends_is() -> None:
    with (
        pytest.raises(InputError, match=r"ended from outside \(SIGKILL\)"),
        Workers[int, int](Squares(), 2) as workers,
    ):
        [*workers.in_order(iter([1, 1_000, 2]))]
    with pytest.raises(WorkerDefect, match="exit code 7"), Workers[int, int](Squares(), 2) as workers:
        [*workers.in_order(iter([1, 2_000, 2]))]


def test_no_process_outlives_the_block() -> None:
    with Workers[int, int](Squares(), 2) as workers:
        next(workers.in_order(iter(range(100))))
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []


def test_there_is_a_processor() -> None:
    assert 1 <= usable_processors() <= (os.cpu_count() or 1)
