"""Files of cases through payers' policies: block by block, on as many processors as there are, in order."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import chain

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import STANDARD_INPUT
from dmn_dli.streaming.answering import Answering, Part
from dmn_dli.streaming.block import Block
from dmn_dli.streaming.blocks import blocks
from dmn_dli.streaming.workers import Ready, Workers, here

_IN_THIS_PROCESS = 8
"""Blocks at most for which no process is started: until it is ready, this one has answered about so many."""


def run(names: Sequence[str], job: Answering, workers: int) -> Generator[Part, None, None]:
    """What comes of the blocks of some files, in their order; of each file at least the part that ends it.

    workers: how many processes may work on the blocks; standard input is answered as it comes, in this one.
    Raises WorkerDefect, InputError as `Workers.in_order`. It is to be closed where its end is not waited for.
    """
    cases, left = 0, [*names]
    while left:
        ended = 0
        with closing(_parts(left, cases + 1, job, workers)) as parts:
            for part in parts:
                cases += part.cases
                ended += part.ended
                yield part
                if part.unusable is not None:
                    break  # cases of files behind it count on from here; what was begun counted otherwise
        left = left[ended:]


def _parts(names: Sequence[str], begin: int, job: Answering, workers: int) -> Generator[Part, None, None]:
    """begin: the position of the first case."""
    tasks = _tasks(names, begin, job.cases)
    first: list[Block | Ready[Part]] = []
    found = 0
    if workers > 1 and STANDARD_INPUT not in names:
        for task in tasks:
            first.append(task)
            found += isinstance(task, Block)
            if found > _IN_THIS_PROCESS:
                break
    if found <= _IN_THIS_PROCESS:
        yield from here(job, chain(first, tasks))
        return
    # Two processors: this process and another. With more, this one serves the others once they are ready.
    with Workers[Block, Part](job, workers - 1 if workers == 2 else workers) as processes:
        yield from processes.in_order(chain(first, tasks), job.begun())


def _tasks(names: Sequence[str], first: int, cases: int) -> Iterator[Block | Ready[Part]]:
    """The blocks of files, and behind those of each that it has ended, and why where it is unusable."""
    for name in names:
        reason = None
        try:
            for block in blocks(name, first, cases):
                yield block
                first += block.cases
        except CasesFileError as error:
            reason = str(error)
        yield Ready(Part(name, ended=True, unusable=reason))
