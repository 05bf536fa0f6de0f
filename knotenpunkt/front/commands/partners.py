"""`knotenpunkt partners …`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.front.commands.listing import must_be_writable, show_progress, tell_result
from knotenpunkt.registers.partners.duplicates.queries import open_pairs, titles
from knotenpunkt.registers.partners.duplicates.wording import because
from knotenpunkt.registers.partners.imports.importer import import_partners
from knotenpunkt.registers.partners.imports.profiles import KIND
from knotenpunkt.registers.partners.imports.undoing import foresee, undo_import
from knotenpunkt.registers.partners.models import DuplicateKind
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.queries import get_run
from knotenpunkt.tools.imports.tables import UnreadableFile
from knotenpunkt.tools.imports.undoing import TooLate, refuse_too_late


@click.group()
def partners() -> None:
    """The register of partners: import contact lists, find double entries."""


@partners.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@network_option
@click.option("--source", default="", help="where the list comes from; ids are unique within it")
@click.option("--profile", default="", help="profile file, or name under which it is remembered")
@click.option("--dry-run", is_flag=True, help="say what would happen, change nothing")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="CSV, row by row")
@installed
def import_(file: Path, slug: str, report: Path | None, **wishes: Any) -> None:
    """Import the contact list FILE: CSV, XLSX or vCard."""
    network = network_by(slug)
    if report is not None:
        must_be_writable(report)
    try:
        with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:
            result = import_partners(
                actor=System("partners import"),
                network=network,
                path=file,
                progress=show_progress(bar),
                **wishes,
            )
    except UnreadableFile as problem:
        raise Refused(str(problem)) from problem
    tell_result(result, report)
    raise SystemExit(result.exit_code)


@partners.command("undo-import")
@click.argument("run", type=click.UUID)
@network_option
@click.option("--yes", is_flag=True, help="do not only say what would happen: do it")
@installed
def undo_import_(run: UUID, slug: str, yes: bool) -> None:
    """Take back the import RUN."""
    network, actor = network_by(slug), System("partners undo-import")
    try:
        with in_network(network):
            found = get_run(actor, kind=KIND, run_id=run)
            refuse_too_late(found)
            seen = foresee(found)
    except Run.DoesNotExist as problem:
        raise Refused(_("There is no import with this id.")) from problem
    except TooLate as problem:
        raise Refused(str(problem)) from problem
    if yes:
        done = undo_import(actor=actor, network=network, run_id=run).undone
    else:
        click.echo(_("Nothing was changed. To do it, add --yes."))
        done = {"removed": len(seen.go), "restored": len(seen.restored), "stayed": len(seen.stay)}
    click.echo(" ".join(f"{name}={done[name]}" for name in ("removed", "restored", "stayed")))


@partners.command("duplicates")
@network_option
@click.option("--people", is_flag=True, help="people instead of organisations")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@installed
def duplicates(slug: str, people: bool, limit: int) -> None:
    """Entries that may be one, the most likely first."""
    kind = (DuplicateKind.PERSON if people else DuplicateKind.ORGANISATION).value
    with in_network(network_by(slug)):
        found = open_pairs(System("partners duplicates"), kind)
        told = titles(kind, found[:limit])
        for pair in found[:limit]:
            names = " = ".join(
                ", ".join(filter(None, told[pk])) for pk in (pair.first, pair.second)
            )
            click.echo(f"{pair.score:.2f}  {names}")
            click.echo(f"      {because(pair.reasons)}")
    click.echo(f"pairs={len(found)}")
