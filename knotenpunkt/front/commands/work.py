"""`knotenpunkt work`."""

from __future__ import annotations

import gc

import click
from django.db import connections

from knotenpunkt.front.commands.ground import installed
from knotenpunkt.tools.jobs.crew import Crew
from knotenpunkt.tools.jobs.worker import Worker


@click.command()
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="processes that work at the same time",
)
@installed
def work(workers: int) -> None:
    """Do what waits in the background: imports, mail, what the clock starts.

    `knotenpunkt serve` starts one worker by itself. SIGTERM stops within ten seconds; what was not
    done by then is done later.
    """
    click.echo(f"knotenpunkt works in the background: {workers} at a time.")
    connections.close_all()
    if workers == 1:
        Worker().run()
        return
    gc.freeze()  # what the collector does not touch stays shared between the workers
    Crew(workers).run()
