"""`knotenpunkt check` and `knotenpunkt upgrade`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from knotenpunkt.front.commands.backup import FILE, told_kindly
from knotenpunkt.front.operating import checks
from knotenpunkt.front.operating.checks import Finding, Level
from knotenpunkt.front.operating.upgrade import Upgraded
from knotenpunkt.front.operating.upgrade import upgrade as run_upgrade


@click.command()
@click.option("--json", "as_json", is_flag=True, help="for monitoring")
@told_kindly
def check(as_json: bool) -> None:
    """Look whether everything is in order.

    Exit code 0: it is. 1: there are warnings. 2: there are errors.
    """
    found = checks.findings()
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], indent=1, ensure_ascii=False))
    else:
        _tell(found)
    sys.exit(max(one.level for one in found))


def _as_json(one: Finding) -> dict[str, str]:
    return {"part": one.part, "level": one.level.name.lower(), "says": one.says, "todo": one.todo}


def _tell(found: list[Finding]) -> None:
    for one in found:
        click.echo(f"{one.level.name.lower():8} {one.part}: {one.says}")
        if one.todo:
            click.echo(f"{'':8}   → {one.todo}")


@click.command()
@click.option("--backup-to", type=FILE, help="where to back up first")
@told_kindly
def upgrade(backup_to: Path | None) -> None:
    """After a new version was installed: back up, bring the database up to it, check.

    Nothing else is needed. It may be repeated at any time.
    """
    done = run_upgrade(backup_to, tell=click.echo)
    found = checks.findings()
    _tell([one for one in found if one.level is not Level.OK])
    _tell_way_back(done)
    if any(one.level is Level.ERROR for one in found):
        sys.exit(Level.ERROR)


def _tell_way_back(done: Upgraded) -> None:
    if done.backup is None:
        click.echo("The installation is up to date.")
        return
    click.echo(f"Upgraded by {done.migrations} migrations. The way back, should it be needed:")
    click.echo("  1. stop the web and worker processes")
    click.echo(f"  2. knotenpunkt restore {done.backup} --replace --as-it-was")
    click.echo("  3. install the former version again, then: knotenpunkt database migrate")
    click.echo("What was written after the upgrade is lost on that way; step 2 backs it up first.")
