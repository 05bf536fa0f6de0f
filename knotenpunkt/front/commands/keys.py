"""`knotenpunkt key …`."""

from __future__ import annotations

from pathlib import Path

import click

from knotenpunkt.foundation.core.sealing import add_master_key
from knotenpunkt.front.commands.backup import FILE, told_kindly
from knotenpunkt.front.operating import keys


@click.group()
def key() -> None:
    """The master key, which seals what only few may read."""


@key.command(name="show-fingerprint")
@told_kindly
def show_fingerprint() -> None:
    """List the versions with their fingerprints; the keys themselves are never shown."""
    shown = keys.statuses()
    for one in shown:
        marks = [" current" if one.is_current else "", "" if one.exported else " never exported"]
        click.echo(f"{one.version}  {one.fingerprint} {''.join(marks)}".rstrip())
    if not shown:
        click.echo("There is no master key yet: nothing was ever sealed here.")


@key.command()
@click.argument("file", type=FILE)
@told_kindly
def export(file: Path) -> None:
    """Copy the master key to a new FILE, to be kept away from every back-up."""
    exported = keys.export(file.absolute())
    versions = ", ".join(f"{one.version} ({one.fingerprint})" for one in exported)
    click.echo(f"{file.absolute()} holds the master key, version {versions}.")
    click.echo("Keep it on another medium than the back-ups: who has both reads everything.")


@key.command(name="import")
@click.argument("file", type=FILE)
@told_kindly
def import_(file: Path) -> None:
    """Add the keys of FILE, so that what they sealed can be read again."""
    new = keys.add_from(file)
    click.echo(f"Added version {', '.join(new)}." if new else "All of its keys are here already.")


@key.command()
@told_kindly
def renew() -> None:
    """Make a new version and seal with it from now on; the former ones keep opening."""
    version = add_master_key()
    click.echo(f"Version {version} seals from now on. Export it: knotenpunkt key export FILE")
