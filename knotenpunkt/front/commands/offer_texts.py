"""`knotenpunkt offers texts …`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.front.commands.listing import must_be_writable
from knotenpunkt.registers.offers.models import TextRun
from knotenpunkt.registers.offers.translating.actions.arriving import begin, plan_file
from knotenpunkt.registers.offers.translating.actions.giving_out import export_texts
from knotenpunkt.registers.offers.translating.exchange import ALL, NEEDED, REFUSED
from knotenpunkt.registers.offers.translating.queries import published
from knotenpunkt.tools.translations import formats
from knotenpunkt.tools.translations.units import UnreadableTexts

ENDINGS = {".xlf": formats.XLIFF, ".xliff": formats.XLIFF, ".xlsx": formats.XLSX}


@click.group("texts")
def offer_texts() -> None:
    """Texts in other languages: hand them to translators, take them in again."""


@offer_texts.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@network_option
@click.option("--language", type=click.Choice(OTHERS), required=True)
@click.option("--all", "everything", is_flag=True, help="also what is there and up to date")
@click.option("--xliff-2", is_flag=True, help="XLIFF 2.0 instead of 1.2")
@installed
def export(file: Path, slug: str, language: str, everything: bool, xliff_2: bool) -> None:
    """Write what is missing or outdated into FILE: .xlf (XLIFF) or .xlsx."""
    form = ENDINGS.get(file.suffix.lower())
    if form is None:
        raise Refused(_("The file ends in .xlf or .xlsx."))
    must_be_writable(file)
    actor = System("offers texts export")
    with in_network(network_by(slug)):
        data, count = export_texts(
            actor=actor,
            offers=published(actor),
            language=language,
            which=ALL if everything else NEEDED,
            form=formats.XLIFF_2 if xliff_2 and form == formats.XLIFF else form,
        )
    file.write_bytes(data)
    click.echo(f"texts={count}")


@offer_texts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@network_option
@click.option("--dry-run", is_flag=True, help="say what would happen, change nothing")
@installed
def import_(file: Path, slug: str, dry_run: bool) -> None:
    """Take in FILE as a translator gave it back. A worker writes it; the desk can undo it."""
    actor = System("offers texts import")
    try:
        with in_network(network_by(slug)):
            run = plan_file(actor=actor, data=file.read_bytes(), name=file.name)
            _tell(run)
            if dry_run:
                run.delete()
            else:
                begin(actor=actor, run=run)
                click.echo(f"run={run.pk}")
    except UnreadableTexts as problem:
        raise Refused(str(problem)) from problem


def _tell(run: TextRun) -> None:
    for row in run.rows:
        if row["fate"] in REFUSED:
            click.echo(f"{row['title']}  {row['part']}  {row['fate']}")
    counts = Counter(row["fate"] for row in run.rows)
    click.echo(" ".join(f"{fate}={counts[fate]}" for fate in sorted(counts)))
