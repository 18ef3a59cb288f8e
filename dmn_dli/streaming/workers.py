"""Processes that work side by side, and their results in the order of the tasks."""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from attrs import frozen

from dmn_dli.runtime.input_error import InputError

Task = TypeVar("Task")
Result = TypeVar("Result")
Made_co = TypeVar("Made_co", covariant=True)

_ENDED_FROM_OUTSIDE = ("SIGKILL", "SIGTERM")
"""Signals by which others end a process, the system among them where memory is short."""

_CPU_QUOTA = "/sys/fs/cgroup/cpu.max"
"""Where Linux says how much a container may use of its processors."""


class Job(Protocol[Made_co]):
    """What is to be done, in a form that another process can be given."""

    def begun(self) -> Callable[[Any], Made_co]:
        """Make ready, in the process that works; what is given then does one task after the other."""


@frozen
class Ready(Generic[Result]):
    """In the place of a task: a result that needs no work."""

    result: Result


class WorkerDefect(RuntimeError):
    """A process met what nobody foresaw; its words are the traceback there."""


class Workers(Generic[Task, Result]):
    """Some processes with one job; they live as long as the block of `with`."""

    def __init__(self, job: Job[Result], count: int) -> None:
        """Take the job, and how many processes shall do it."""
        self._job = job
        self._count = count
        self._processes: dict[Connection, BaseProcess] = {}

    def __enter__(self) -> Workers[Task, Result]:
        """Start them."""
        # A fork would copy the locks of whatever threads run here, Arrow's among them.
        context = get_context("spawn")
        with _interrupts_held_back():
            for _ in range(self._count):
                ours, theirs = context.Pipe()
                process = context.Process(target=_work, args=(self._job, theirs), daemon=True)
                process.start()
                # Only the process itself holds its end now, so that both learn of the other's death.
                theirs.close()
                self._processes[ours] = process
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them, at once: whatever they still do nobody waits for."""
        for process in self._processes.values():
            process.kill()
        for connection, process in self._processes.items():
            process.join()
            connection.close()

    def in_order(self, tasks: Iterable[Task | Ready[Result]]) -> Iterator[Result]:
        """The results of the tasks, in their order; a bounded number of tasks is taken before they are due.

        Raises WorkerDefect for an exception in a process, InputError where a process was ended from outside.
        It is to be asked for to its end, or not again.
        """
        source = iter(tasks)
        cut: deque[Task | Ready[Result]] = deque()  # the next task, taken while all processes are at work
        idle = [*self._processes]
        working: dict[Connection, int] = {}
        results: dict[int, Result] = {}
        taken = given = 0
        while True:
            while idle and taken - given < self._count + 2:
                task = cut.popleft() if cut else next(source, None)
                if task is None:
                    break
                if isinstance(task, Ready):
                    results[taken] = task.result
                else:
                    connection = idle.pop()
                    self._give(connection, task)
                    working[connection] = taken
                taken += 1
            if given in results:
                yield results.pop(given)
                given += 1
                continue
            if not working:
                return
            if not cut and (following := next(source, None)) is not None:
                cut.append(following)
            for ended in wait([*working]):
                assert isinstance(ended, Connection), "connections alone are waited for"
                results[working.pop(ended)] = self._result(ended)
                idle.append(ended)

    def _give(self, connection: Connection, task: Task) -> None:
        try:
            connection.send(task)
        except OSError as error:
            raise self._death(connection) from error

    def _result(self, connection: Connection) -> Result:
        try:
            defect, result = connection.recv()
        except (EOFError, OSError) as error:
            raise self._death(connection) from error
        if defect:
            raise WorkerDefect(defect)
        answer: Result = result
        return answer

    def _death(self, connection: Connection) -> Exception:
        process = self._processes[connection]
        process.join()
        code = process.exitcode or 0
        names = {signal.Signals[name].value: name for name in _ENDED_FROM_OUTSIDE if hasattr(signal, name)}
        if -code in names:
            return InputError(
                f"A process that worked on the cases was ended from outside ({names[-code]}); where memory "
                "is short the system does that: let fewer work at once, such as --workers 1."
            )
        return WorkerDefect(f"A process that worked on the cases ended with exit code {code}.")


def here(job: Job[Result], tasks: Iterable[Task | Ready[Result]]) -> Iterator[Result]:
    """The results of the tasks, worked out in this process, each when it is asked for."""
    do = job.begun()
    for task in tasks:
        yield task.result if isinstance(task, Ready) else do(task)


def usable_processors() -> int:
    """How many processors the machine lets this process use."""
    bound = hasattr(os, "sched_getaffinity")
    count = len(os.sched_getaffinity(0)) if bound else os.cpu_count() or 1
    return max(1, min(count, _quota(count)))


def _quota(count: int) -> int:
    """How many processors a container may use at once, rounded up; `count` where nothing is said."""
    with suppress(OSError, ValueError):
        allowed, period = Path(_CPU_QUOTA).read_text(encoding="ascii").split()
        return -(-int(allowed) // int(period))  # "max" is no number
    return count


def _work(job: Job[Any], connection: Connection) -> None:
    """What a process does: task after task, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the process that has started this one
    with suppress(OSError), _Report(connection):  # where the other end is gone nobody wants to know
        do = job.begun()
        gc.freeze()  # what has been made ready stays, and need not be looked through again and again
        for task in _tasks(connection):
            connection.send(("", do(task)))


def _tasks(connection: Connection) -> Iterator[Any]:
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        yield task


class _Report:
    """Whatever nobody foresaw is told to the process that has started this one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is None or not issubclass(kind, Exception):
            return False
        self._connection.send(("".join(traceback.format_exception(kind, error, trace)), None))
        return True


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Processes that are started inside are born deaf to Ctrl-C, which their parent hears, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows each sets it right for itself
        yield
        return
    resource_tracker.ensure_running()  # else it starts inside, and lets interrupts through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
