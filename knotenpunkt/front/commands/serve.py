"""`knotenpunkt serve`."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import multiprocessing
import os
import socket
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connections

from knotenpunkt.foundation.core.measures import share_counts
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.commands.ground import Refused, installed
from knotenpunkt.front.commands.server import Plan, Server, handed_over
from knotenpunkt.registers.offers import wishing
from knotenpunkt.tools.search.queries import warm_up

LOOPBACK = ("127.0.0.1", "::1")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--bind", multiple=True, help="address to listen on; repeatable (default: loopback)")
@click.option("--workers", default=min(4, multiprocessing.cpu_count()), show_default=True)
@click.option(
    "--drain",
    type=click.IntRange(0, 30),
    default=0,
    show_default=True,
    help="seconds to go on answering after SIGTERM, while /ready says no",
)
@click.option("--no-work", is_flag=True, help="leave background work to `knotenpunkt work`")
@installed
def serve(port: int, bind: tuple[str, ...], workers: int, drain: int, no_work: bool) -> None:
    """Serve the product over http, by default on this machine only.

    One more process does what waits in the background, such as imports and mail.
    """
    if (bind or handed_over()) and settings.LOCAL_MODE:
        raise Refused("To listen beyond this machine, name the public hosts in KNOTENPUNKT_HOSTS.")
    if not settings.LOCAL_MODE and Network.objects.filter(is_demo=True).exists():
        raise Refused("Demo networks have known passwords: they are served on this machine only.")
    addresses = [] if handed_over() else [_bound(one, port) for one in bind or _loopback(port)]
    _collect_static_files()
    warm_up()  # before the first search is asked, and shared by all workers
    wishing.warm_up()
    connections.close_all()  # workers that shared one would read each other's answers
    gc.freeze()  # what the collector does not touch stays shared between the workers
    counts = Path(tempfile.mkdtemp(prefix="knotenpunkt-counts-"))
    share_counts(counts)
    settings.SITE_ADDRESS = _public_address(port)  # shared by all workers: mails name it
    click.echo(f"knotenpunkt is ready: {settings.SITE_ADDRESS}")
    Server(Plan(addresses, workers, drain, counts, background=0 if no_work else 1)).run()


def _public_address(port: int) -> str:
    """Where visitors find it: behind the proxy of a public host, else on this machine."""
    hosts: list[str] = settings.HOSTS
    return f"https://{hosts[0]}" if hosts else f"http://localhost:{port}"


def _loopback(port: int) -> list[str]:
    """Both loopback addresses, as far as this machine has them and the port is free."""
    usable = [address for address in LOOPBACK if _can_bind(address, port)]
    if LOOPBACK[0] not in usable:
        raise Refused(f"Port {port} is in use. Choose another one: --port {port + 1}")
    return usable


def _can_bind(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError:
        return False
    return True


def _bound(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _collect_static_files() -> None:
    """Collect and compress the static files, but only when one of them changed.

    Of two servers that start together on one folder, the second waits for the first.
    """
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".collecting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        _collect_into(folder)


def _collect_into(folder: Path) -> None:
    stamp = folder / ".collected"
    fingerprint = hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    # Nothing is cleared: the processes before a restart still send the former files. What stands
    # there counts as old, for Django would keep it when a new file carries an earlier date.
    for file in folder.glob("**/*"):
        os.utime(file, (0, 0))
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def _static_files() -> Iterable[str]:
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            modified = storage.get_modified_time(name).timestamp()
            yield f"{name} {storage.size(name)} {modified}"
