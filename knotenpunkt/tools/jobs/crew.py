"""Worker processes beside their parent: started, started again when one dies, stopped in time."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable

from django.db import connections

from knotenpunkt.tools.jobs.worker import Worker

log = logging.getLogger(__name__)

SECONDS_TO_STOP = 9.5
# A worker that died at once is not started again sooner than this.
SECONDS_BETWEEN_STARTS = 2.0
LOOK_SECONDS = 0.2


class Crew:
    """So many workers. `after_fork` lets go of what only the parent may hold, such as sockets."""

    def __init__(self, size: int, after_fork: Callable[[], None] | None = None) -> None:
        self.size = size
        self.after_fork = after_fork
        self.workers: set[int] = set()
        self.last_start = -SECONDS_BETWEEN_STARTS
        self.stop_until = 0.0

    def keep(self) -> None:
        """Start those who are missing; called again and again."""
        gone = {pid for pid in self.workers if _is_gone(pid)}
        self.workers -= gone
        if gone:
            log.warning("A worker has ended and is started again.")
        pause_over = time.monotonic() - self.last_start >= SECONDS_BETWEEN_STARTS
        if not self.stop_until and len(self.workers) < self.size and pause_over:
            self.last_start = time.monotonic()
            while len(self.workers) < self.size:
                self.workers.add(self._started())

    def ask_to_stop(self) -> None:
        """Begin to stop; from now on nobody is started."""
        self.stop_until = self.stop_until or time.monotonic() + SECONDS_TO_STOP
        self._send(signal.SIGTERM)

    def stop(self) -> None:
        """Stop all; returns when the last one is gone, ten seconds after the first word at most."""
        self.ask_to_stop()
        while self.workers and time.monotonic() < self.stop_until:
            time.sleep(LOOK_SECONDS / 4)
            self.workers = {pid for pid in self.workers if not _is_gone(pid)}
        self._send(signal.SIGKILL)
        self.workers = {pid for pid in self.workers if not _is_gone(pid)}

    def run(self) -> None:
        """Keep them until this process is asked to stop, then stop them."""
        signal.signal(signal.SIGTERM, lambda *_: self.ask_to_stop())
        signal.signal(signal.SIGINT, lambda *_: self.ask_to_stop())
        while not self.stop_until:
            self.keep()
            time.sleep(LOOK_SECONDS)
        self.stop()

    def _send(self, number: signal.Signals) -> None:
        for pid in self.workers:
            if not _is_gone(pid):
                os.kill(pid, number)

    def _started(self) -> int:
        parent = os.getpid()
        connections.close_all()  # two processes would read each other's answers
        pid = os.fork()
        if pid:
            return pid
        try:
            _forget_signals()
            if self.after_fork:
                self.after_fork()
            Worker(parent).run()
            os._exit(0)
        except BaseException as problem:
            log.critical("A worker broke down: %s", type(problem).__qualname__)
        finally:
            os._exit(1)


def _is_gone(pid: int) -> bool:
    """Whether a child has ended; somebody else may have been told of it already."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _forget_signals() -> None:
    """What the parent does on a signal is nothing for its child."""
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
