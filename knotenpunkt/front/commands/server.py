"""gunicorn as `knotenpunkt serve` runs it: how it leaves, what it logs, what it trusts."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from knotenpunkt.foundation.core.logs import formatter
from knotenpunkt.front.operating.readiness import announce_leaving
from knotenpunkt.tools.jobs.crew import Crew

# A long question takes up to nine bytes for each letter that is not a Latin one.
LONGEST_REQUEST_LINE = 8190
# From SIGTERM to the end, for what a service manager allows.
STOP_SECONDS = 10
HURRY = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGQUIT})


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to listen (nowhere: on what the service manager hands over), and how to stop.

    `counts` is the folder in which the processes count; it ends with the server. `background` is
    how many processes do beside the pages what was queued.
    """

    addresses: Sequence[str]
    workers: int
    drain_seconds: int
    counts: Path
    background: int


class Leaving(Arbiter):  # type: ignore[misc] # gunicorn has no types
    """Tells those who ask /ready that it leaves, and goes on answering until they have heard it.

    Beside the pages it keeps a crew for background work, which ends with it.
    """

    def __init__(self, app: Server) -> None:
        super().__init__(app)
        self.crew = Crew(app.plan.background, after_fork=self._close_sockets)

    def manage_workers(self) -> None:
        """Called by gunicorn every second, and when a child has ended."""
        super().manage_workers()
        self.crew.keep()

    def kill_workers(self, sig: int) -> None:
        """Called by gunicorn when it stops: first kindly, with SIGKILL at the end."""
        super().kill_workers(sig)
        if sig == signal.SIGKILL:
            self.crew.stop()
        else:
            self.crew.ask_to_stop()

    def _close_sockets(self) -> None:
        """In a child that answers nobody: the port is free as soon as the server has gone."""
        for listener in self.LISTENERS:
            listener.close()

    def handle_term(self) -> None:
        """SIGTERM. A second one does not wait."""
        announce_leaving()
        self.crew.ask_to_stop()
        until = time.monotonic() + self.app.plan.drain_seconds
        while time.monotonic() < until and not self._is_hurried():
            time.sleep(0.1)
        super().handle_term()

    def _is_hurried(self) -> bool:
        """Whether another signal to stop has come; that a child has ended is none."""
        while not self.SIG_QUEUE.empty():
            if self.SIG_QUEUE.get_nowait() in HURRY:
                return True
        return False


class ServerLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """What gunicorn itself reports, written like everything else: without visitors."""

    def setup(self, cfg: Any) -> None:
        """Called by gunicorn once it knows its own settings."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(settings.LOG_AS_JSON))


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn, told everything by us: it reads neither a file nor the command line."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def _options(self) -> dict[str, Any]:
        return {
            "bind": list(self.plan.addresses),
            "workers": self.plan.workers,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": max(3, STOP_SECONDS - 1 - self.plan.drain_seconds),
            "limit_request_line": LONGEST_REQUEST_LINE,
            "loglevel": "warning",
            "logger_class": ServerLog,
            "control_socket_disable": True,
            "on_exit": lambda _server: shutil.rmtree(self.plan.counts, ignore_errors=True),
            # Whether a header is believed is decided by KNOTENPUNKT_BEHIND_PROXY alone.
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
        }

    def load(self) -> Any:
        """Called by gunicorn, before it starts its workers."""
        from config.wsgi import application

        return application

    def run(self) -> None:
        """Until it is told to stop."""
        Leaving(self).run()


def handed_over() -> bool:
    """Whether the service manager has opened the sockets already (systemd's way)."""
    return os.environ.get("LISTEN_PID") == str(os.getpid()) and "LISTEN_FDS" in os.environ
