"""What one process tells another: any value, in which large pieces go as they are, without a copy."""

from __future__ import annotations

import os
import pickle
import sys
from multiprocessing.connection import Connection
from typing import Any


def send(connection: Connection, told: Any) -> None:
    """Tell the process at the other end. Raises OSError where it is gone."""
    pieces: list[pickle.PickleBuffer] = []
    head = pickle.dumps(told, pickle.HIGHEST_PROTOCOL, buffer_callback=pieces.append)
    views = [piece.raw() for piece in pieces]
    connection.send((head, [view.nbytes for view in views]))
    for view in views:
        _write(connection, view)


def received(connection: Connection) -> Any:
    """What the other end has sent. Raises EOFError, OSError where it is gone."""
    head, sizes = connection.recv()
    pieces = [_read(connection, size) for size in sizes]
    return pickle.loads(head, buffers=pieces)  # noqa: S301 - of a process that this one has started


if sys.platform == "win32":

    def _write(connection: Connection, piece: memoryview) -> None:
        connection.send_bytes(piece)

    def _read(connection: Connection, _size: int) -> bytes:
        return connection.recv_bytes()

else:
    # A connection reads through a buffer that grows, which takes twice as long as all else together.

    def _write(connection: Connection, piece: memoryview) -> None:
        done = 0
        while done < piece.nbytes:
            done += os.write(connection.fileno(), piece[done:])

    def _read(connection: Connection, size: int) -> bytearray:
        found = bytearray(size)
        whole = memoryview(found)
        done = 0
        while done < size:
            count = os.readv(connection.fileno(), [whole[done:]])
            if not count:
                raise EOFError
            done += count
        return found
