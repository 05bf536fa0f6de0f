"""Asks a server for pages, in a process of its own: `python -m benchmarks.load PORT CONNECTIONS`.

Reads paths from standard input, one a line, and asks for each once, so many at a time, like
browsers do: compressed, over connections that are kept open where the server keeps them. A line
`CHANGE` lets a second process change an offer meanwhile (only with a third word, its network).
Prints JSON: seconds in all, milliseconds of each request, bytes over the wire, its own CPU seconds.

It shares the cores with the server, so it is as cheap as Python can be: one process that waits for
all sockets at once and builds nothing but the request. It takes about 60 µs a request.
"""

from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass

CHANGE = "CHANGE"
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n"
    "Accept-Encoding: gzip\r\nAccept-Language: de\r\nUser-Agent: benchmark\r\n\r\n"
)
END_OF_HEAD, LENGTH, CLOSE = b"\r\n\r\n", b"content-length: ", b"connection: close"
MOST_BYTES = 1 << 18


class Changes:
    """The process that changes an offer each time it is told to."""

    def __init__(self, network: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.changing", network],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        self.wait()  # until it is ready

    def tell(self) -> None:
        """One more."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")

    def wait(self) -> None:
        """Until it has answered once more."""
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def end(self, told: int) -> None:
        """All that was told is done."""
        for _number in range(told):
            self.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@dataclass(slots=True)
class Visitor:
    """One connection and the answer that it waits for."""

    socket: socket.socket
    path: str = ""
    started: float = 0.0
    got: int = 0
    wanted: int = 0
    closes: bool = False


class Crowd:
    """All visitors. `took` are (milliseconds, bytes) of each answer."""

    def __init__(self, port: int, paths: list[str], changes: Changes | None) -> None:
        self.took: list[tuple[float, int]] = []
        self.changed = 0
        self._port, self._paths, self._changes = port, deque(paths), changes
        self._poll, self._visitors = select.epoll(), dict[int, Visitor]()

    def visit(self, connections: int) -> None:
        """Until no path is left."""
        for _number in range(connections):
            self._next(None, time.perf_counter())
        while self._visitors:
            for file, _event in self._poll.poll():
                self._read(self._visitors[file])

    def _next(self, visitor: Visitor | None, started: float) -> None:
        while self._paths and self._paths[0] == CHANGE:
            self._paths.popleft()
            if self._changes is not None:
                self._changes.tell()
                self.changed += 1
        if not self._paths:
            self._leave(visitor)
            return
        visitor = visitor or self._opened()
        visitor.path, visitor.started = self._paths.popleft(), started
        visitor.got = visitor.wanted = 0
        visitor.socket.sendall(REQUEST.format(path=visitor.path, port=self._port).encode())

    def _opened(self) -> Visitor:
        opened = socket.create_connection(("127.0.0.1", self._port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._poll.register(opened, select.EPOLLIN)
        self._visitors[opened.fileno()] = visitor = Visitor(opened)
        return visitor

    def _leave(self, visitor: Visitor | None) -> None:
        if visitor is not None:
            del self._visitors[visitor.socket.fileno()]
            visitor.socket.close()  # and epoll forgets it

    def _read(self, visitor: Visitor) -> None:
        part = visitor.socket.recv(MOST_BYTES)
        if not part:
            raise SystemExit(f"The server hung up on {visitor.path}")
        if not visitor.wanted:
            self._read_head(visitor, part)
        visitor.got += len(part)
        if visitor.got < visitor.wanted:
            return
        now = time.perf_counter()
        self.took.append(((now - visitor.started) * 1000, visitor.got))
        if visitor.closes:
            self._leave(visitor)
        self._next(None if visitor.closes else visitor, now)

    def _read_head(self, visitor: Visitor, part: bytes) -> None:
        head, _end, _rest = part.partition(END_OF_HEAD)
        told = head.lower()
        if not told.startswith(b"http/1.1 200 ") or LENGTH not in told:
            raise SystemExit(f"{head[:60]!r} for {visitor.path}")
        length = told.partition(LENGTH)[2].partition(b"\r\n")[0]
        visitor.wanted = len(head) + len(END_OF_HEAD) + int(length)
        visitor.closes = CLOSE in told


def main() -> None:
    """Let all visitors loose at once."""
    port, connections, *network = sys.argv[1:]
    changes = Changes(network[0]) if network else None
    crowd = Crowd(int(port), sys.stdin.read().split("\n"), changes)
    started, cpu = time.perf_counter(), time.process_time()
    crowd.visit(int(connections))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    if changes is not None:
        changes.end(crowd.changed)
    took, sizes = zip(*crowd.took, strict=True)
    told = {"seconds": seconds, "took": took, "bytes": sum(sizes) / len(sizes), "cpu": cpu}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
