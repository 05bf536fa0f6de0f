"""What a measurement was made on, without naming the machine."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path

import django
import numpy as np

from tests.installations import server_url


def described() -> str:
    """Cores, memory, versions, and how busy the machine is at this moment."""
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores, {_memory_gib():.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}, "
        f"numpy {np.__version__}, {database()}; load {os.getloadavg()[0]:.1f}"
    )


def database() -> str:
    """The database of this run, with its version."""
    if not server_url():
        return f"SQLite {sqlite3.sqlite_version}"
    import psycopg

    with psycopg.connect(server_url()) as connection:
        return f"PostgreSQL {connection.info.server_version // 10_000}"


def _memory_gib() -> float:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return int(lines[0].split()[1]) / 1024**2
