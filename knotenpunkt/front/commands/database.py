"""`knotenpunkt database …`."""

from __future__ import annotations

import click

from knotenpunkt.foundation.networks.installation import prepare_database


@click.group()
def database() -> None:
    """The database of this installation."""


@database.command()
def migrate() -> None:
    """Create or upgrade all tables; safe to repeat."""
    prepare_database()
    click.echo("The database is up to date.")
