"""`knotenpunkt backup` and `knotenpunkt restore`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from django.db import DatabaseError

from knotenpunkt.front.commands.ground import Refused
from knotenpunkt.front.operating import backup as backups
from knotenpunkt.front.operating import keys, restore
from knotenpunkt.front.operating.archive import BackupProblem, Manifest
from knotenpunkt.front.operating.restore import Loss, Plan

P = ParamSpec("P")
R = TypeVar("R")

FILE = click.Path(path_type=Path, dir_okay=False)
KEYS_STAY = (
    "Keys are not part of it. Without the master key, sealed values such as telephone numbers of "
    "families can never be read again."
)
NOT_EXPORTED = "lies on this machine only: knotenpunkt key export FILE, and keep FILE elsewhere."


def told_kindly(command: Callable[P, R]) -> Callable[P, R]:
    """What keeps the command from its work is told in one sentence, exit code 2."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BackupProblem as problem:
            raise Refused(str(problem)) from problem
        except OSError as problem:
            raise Refused(f"{problem.strerror}: {problem.filename}") from problem
        except DatabaseError as problem:
            reason = str(problem).strip().splitlines()[0]
            raise Refused(f"The database cannot be used: {reason}") from problem

    return wrapped


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--verify", is_flag=True, help="open the file again and read all of it")
@click.option(
    "--keep-days",
    type=click.IntRange(1),
    help="afterwards delete older ones in the folder for back-ups",
)
@told_kindly
def backup(file: Path | None, verify: bool, keep_days: int | None) -> None:
    """Back up database, logos and files into FILE, while the product runs.

    Without FILE: a new one in the folder for back-ups (KNOTENPUNKT_BACKUPS).
    """
    target = (file or backups.default_file()).absolute()
    manifest = backups.make_backup(target)
    click.echo(f"{target}: {_size(target)}, {_contents(manifest)}.")
    if verify:
        backups.verify(target)
        click.echo("Opened again and read as a whole: it is complete.")
    click.echo(KEYS_STAY)
    for shown in keys.statuses():
        if not shown.exported:
            click.echo(f"Master key {shown.version} ({shown.fingerprint}) {NOT_EXPORTED}")
    for old in backups.drop_older(keep_days) if keep_days else ():
        click.echo(f"Deleted {old}, older than {keep_days} days.")


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1_000_000:,.1f} MB"


def _contents(manifest: Manifest) -> str:
    return (
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables, {len(manifest.files)} files, "
        f"version {manifest.version}"
    )


@click.command(name="restore")
@click.argument("file", type=FILE)
@click.option("--master-key", type=FILE, help="the file made by: knotenpunkt key export")
@click.option("--without-master-key", is_flag=True, help="give up what only that key opens")
@click.option("--replace", is_flag=True, help="replace what the installation holds")
@click.option("--backup-to", type=FILE, help="where --replace first backs up what is there")
@click.option("--as-it-was", is_flag=True, help="for a former version: leave the schema old")
@click.option("--dry-run", is_flag=True, help="check the file and say what would happen")
@click.option("--yes", is_flag=True, help="do not ask")
@told_kindly
def restore_command(
    file: Path,
    master_key: Path | None,
    without_master_key: bool,
    replace: bool,
    backup_to: Path | None,
    as_it_was: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Bring the back-up FILE into this installation, on either database.

    Stop the web and worker processes first.
    """
    manifest = restore.opened(file)
    click.echo(f"Back-up of {manifest.made_at}: {_contents(manifest)}, from {manifest.database}.")
    given = keys.keys_in(master_key) if master_key else None
    lost = restore.losses(manifest, given)
    inhabited = restore.is_inhabited()
    _tell_losses(lost, told=given is not None)
    if dry_run:
        click.echo(
            "The installation holds data: this needs --replace."
            if inhabited and not replace
            else "It could be restored here."
        )
        return
    _ask(lost, without_master_key, yes)
    if inhabited:
        _make_room(replace, backup_to, yes)
    restore.restore(Plan(file, given, as_it_was), tell=click.echo)
    _tell_end(manifest, as_it_was)


def _tell_losses(lost: list[Loss], told: bool) -> None:
    for loss in lost:
        which = f"version {loss.version}, fingerprint {loss.fingerprint or 'unknown'}"
        click.echo(f"{loss.values:,} values of {loss.column} need another master key: {which}.")
    if lost:
        where = "This file has other keys." if told else "Give it by --master-key FILE."
        click.echo(f"{where} Without it nobody can read these values any more.")


def _ask(lost: list[Loss], without_master_key: bool, yes: bool) -> None:
    if not lost or without_master_key:
        return
    if yes or not click.confirm("Go on without these values?", default=False):
        raise Refused("Nothing was changed. To give them up: --without-master-key")


def _make_room(replace: bool, backup_to: Path | None, yes: bool) -> None:
    if not replace:
        raise Refused("This installation holds data. To replace them: --replace")
    if not yes and not click.confirm(
        "Everything in this installation is replaced. Go on?", default=False
    ):
        raise Refused("Nothing was changed.")
    target = backup_to or backups.default_file("before-restore")
    backups.make_backup(target)
    click.echo(f"What was there is backed up in {target.absolute()}.")


def _tell_end(manifest: Manifest, as_it_was: bool) -> None:
    click.echo(f"Restored: {manifest.rows:,} rows arrived, as many as were backed up.")
    if as_it_was:
        click.echo("The schema is the old one: install that version, then run its")
        click.echo("knotenpunkt database migrate")
    else:
        click.echo("Everybody signs in again. Now: knotenpunkt check")
