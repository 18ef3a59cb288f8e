"""Processes that work side by side, and their results in the order of the tasks."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from attrs import frozen

from dmn_dli.runtime.input_error import InputError
from dmn_dli.streaming.messages import received, send
from dmn_dli.streaming.without_pandas import do_without_pandas

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


_AHEAD = 2
"""How many tasks a process is given at once: when it has done the first it need not wait for this one."""


class _Other:
    """Another process: tasks go to it as it takes them, and what it has yet to answer is known."""

    def __init__(self, process: BaseProcess, connection: Connection, job: bytes) -> None:
        """job: pickled; it takes it once Python runs there."""
        self.process = process
        self.connection = connection
        self.ready = False
        self.due: deque[int] = deque()
        """The numbers of the tasks that it has been given and not answered, in their order."""
        self._tasks: SimpleQueue[bytes | None] = SimpleQueue()
        # Blocks are larger than what a pipe holds: this process does not wait until they are taken.
        self._sender = Thread(target=self._send, args=(job,), daemon=True)
        self._sender.start()

    def give(self, number: int, task: Any) -> None:
        """Let it do a task."""
        self.due.append(number)
        self._tasks.put(pickle.dumps(task))

    def ended(self) -> None:
        """Wait for its end, once it has been killed: whatever it still did nobody waits for."""
        self.process.join()
        self._tasks.put(None)
        self._sender.join()
        self.connection.close()

    def _send(self, job: bytes) -> None:
        with suppress(OSError):  # of a process that is gone the next that is asked of it tells
            self.connection.send_bytes(job)
            while (task := self._tasks.get()) is not None:
                self.connection.send_bytes(task)


class Workers(Generic[Task, Result]):
    """Some processes with one job; they live as long as the block of `with`."""

    def __init__(self, job: Job[Result], count: int) -> None:
        """Take the job, and how many processes shall do it."""
        self._job = job
        self._count = count
        self._others: dict[Connection, _Other] = {}

    def __enter__(self) -> Workers[Task, Result]:
        """Start them. They make ready while this process does what it likes."""
        # A fork would copy the locks of whatever threads run here, Arrow's among them.
        context = get_context("spawn")
        job = pickle.dumps(self._job)
        with _interrupts_held_back():
            for _ in range(self._count):
                ours, theirs = context.Pipe()
                process = context.Process(target=_work, args=(theirs,), daemon=True)
                process.start()
                # Only the process itself holds its end now, so that both learn of the other's death.
                theirs.close()
                self._others[ours] = _Other(process, ours, job)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        for other in self._others.values():
            other.process.kill()
        for other in self._others.values():
            other.ended()

    def in_order(
        self, tasks: Iterable[Task | Ready[Result]], do: Callable[[Task], Result] | None = None
    ) -> Iterator[Result]:
        """The results of the tasks, in their order; a bounded number of tasks is taken before they are due.

        do: does a task in this process, so that this one works too: as long as no other is ready, and always
        where there is but one other; with more to serve it would keep them waiting. Raises WorkerDefect for
        an exception in a process, InputError where a process was ended from outside. It is to be asked for
        to its end, or not again.
        """
        source = iter(tasks)
        cut: deque[Task | Ready[Result]] = deque()  # the next task
        others = [*self._others.values()]
        results: dict[int, Result] = {}
        taken = given = 0
        while True:
            if not cut and (following := next(source, None)) is not None:
                cut.append(following)
            room = bool(cut) and taken - given < _AHEAD * self._count + 3
            free = min([each for each in others if each.ready], key=lambda each: len(each.due), default=None)
            if room and isinstance(cut[0], Ready):
                results[taken] = cut[0].result
            elif room and free is not None and len(free.due) < _AHEAD:
                free.give(taken, cut[0])
            elif given in results:
                yield results.pop(given)
                given += 1
                continue
            elif not cut and not any(each.due for each in others):
                return
            else:
                helps = do is not None and room and (self._count == 1 or free is None)
                awaited = [each.connection for each in others if each.due or not each.ready]
                told = wait(awaited, 0 if helps else None)
                self._hear(told, results)
                if told or do is None or not helps:
                    continue
                task = cut[0]
                assert not isinstance(task, Ready), "of what needs no work the result is taken above"
                results[taken] = do(task)
            cut.popleft()
            taken += 1

    def _hear(self, told: Iterable[Any], results: dict[int, Result]) -> None:
        """Take in what others have to tell: that they are ready, or a result."""
        for each in told:
            result = self._result(each)
            other = self._others[each]
            if other.ready:
                results[other.due.popleft()] = result
            other.ready = True

    def _result(self, connection: Connection) -> Result:
        try:
            defect, result = received(connection)
        except (EOFError, OSError) as error:
            raise self._death(connection) from error
        if defect:
            raise WorkerDefect(defect)
        answer: Result = result
        return answer

    def _death(self, connection: Connection) -> Exception:
        process = self._others[connection].process
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


def _work(connection: Connection) -> None:
    """What a process does: take the job, then task after task, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the process that has started this one
    with suppress(OSError, EOFError), _Report(connection):  # where the other end is gone nobody wants to know
        do_without_pandas()
        do = connection.recv().begun()
        gc.freeze()  # what has been made ready stays, and need not be looked through again and again
        send(connection, ("", None))
        for task in _tasks(connection):
            send(connection, ("", do(task)))


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
        send(self._connection, ("".join(traceback.format_exception(kind, error, trace)), None))
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
