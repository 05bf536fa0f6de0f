"""Asks a server for pages, in a process of its own: `python -m benchmarks.load PORT CONNECTIONS`.

Reads paths from standard input, one a line, and asks for each once, so many at a time, like
browsers do: compressed, over connections that are kept open where the server keeps them. Prints
JSON: seconds in all, milliseconds of each request, bytes over the wire.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from threading import Lock

HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "de", "User-Agent": "benchmark"}


class Paths:
    """Hands out each path once."""

    def __init__(self, paths: list[str]) -> None:
        self._rest, self._lock = iter(paths), Lock()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        with self._lock:
            return next(self._rest)


def visit(port: int, paths: Paths) -> list[tuple[float, int]]:
    """One visitor: (milliseconds, bytes) of each page, until no path is left."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    found = []
    for path in paths:
        started = time.perf_counter()
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        body = answer.read()
        found.append(((time.perf_counter() - started) * 1000, len(body) + _head(answer)))
        if answer.status != 200:
            raise SystemExit(f"{answer.status} for {path}")
    connection.close()
    return found


def _head(answer: HTTPResponse) -> int:
    return 17 + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())


def main() -> None:
    """Let all visitors loose at once."""
    port, connections = int(sys.argv[1]), int(sys.argv[2])
    paths = Paths(sys.stdin.read().split())
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as visitors:
        visits = [visitors.submit(visit, port, paths) for _number in range(connections)]
        found = [one for each in visits for one in each.result()]
    seconds = time.perf_counter() - started
    took, sizes = zip(*found, strict=True)
    print(json.dumps({"seconds": seconds, "took": took, "bytes": sum(sizes) / len(sizes)}))


if __name__ == "__main__":
    main()
