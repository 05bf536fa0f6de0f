"""`knotenpunkt areas …`."""

from __future__ import annotations

from pathlib import Path

import click
from django.db.models import TextChoices

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.registers.areas import actions, postal_codes
from knotenpunkt.registers.areas.holiday_files import UnreadableHolidays
from knotenpunkt.registers.areas.models import Land
from knotenpunkt.registers.areas.outline_files import UnreadableOutlines

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def codes(choices: type[TextChoices]) -> click.Choice[str]:
    """The values of a list of choices as an option."""
    return click.Choice(choices.values, case_sensitive=False)


@click.group()
def areas() -> None:
    """Borders, school holidays and postal codes."""


@areas.command("load-outlines")
@click.argument("file", type=FILE)
@network_option
@click.option("--source", default="", help="what the map names beside the borders")
@installed
def load_outlines(file: Path, slug: str, source: str) -> None:
    """Take official borders (GeoJSON in WGS84) from FILE in place of the drawn ones."""
    try:
        count = actions.load_outlines(
            network_by(slug), file, source=source, actor=System("areas load-outlines")
        )
    except UnreadableOutlines as problem:
        raise Refused(str(problem)) from problem
    click.echo(f"outlines={count}")


@areas.command("load-school-holidays")
@click.argument("file", type=FILE)
@click.option("--land", required=True, type=codes(Land), help="such as SN")
@click.option("--dry-run", is_flag=True, help="show what would change, change nothing")
@installed
def load_school_holidays(file: Path, land: str, dry_run: bool) -> None:
    """Take the school holidays of a Land from FILE (OpenHolidays CSV or iCalendar)."""
    try:
        report = actions.load_school_holidays(path=file, land=land, dry_run=dry_run)
    except UnreadableHolidays as problem:
        raise Refused(str(problem)) from problem
    click.echo(f"created={report.created} updated={report.updated} unchanged={report.unchanged}")


@areas.command("refresh-postal-codes")
@click.argument("file", type=FILE)
@installed
def refresh_postal_codes(file: Path) -> None:
    """Take newer postal codes from a GeoNames FILE (DE.txt or DE.zip); restart serve after it."""
    try:
        count = postal_codes.refresh(file)
    except postal_codes.UnreadableTable as problem:
        raise Refused(str(problem)) from problem
    click.echo(f"postal_codes={count}")
