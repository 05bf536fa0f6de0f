"""`knotenpunkt offers …`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import ANYONE, System
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.front.commands.listing import must_be_writable, show_progress, tell_result
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.areas.postal_codes import locate
from knotenpunkt.registers.offers.finder import Found, find
from knotenpunkt.registers.offers.imports.importer import import_offers
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.undoing.plan import foresee
from knotenpunkt.registers.offers.imports.undoing.undo import undo_import
from knotenpunkt.registers.offers.imports.writing import OFFER
from knotenpunkt.registers.offers.wishes import Wish
from knotenpunkt.tools.imports.fates import Foreseen
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.queries import external_ids, get_run, runs
from knotenpunkt.tools.imports.tables import UnreadableFile
from knotenpunkt.tools.imports.undoing import TooLate, refuse_too_late


@click.group()
def offers() -> None:
    """The register of offers: import a list, search like a family."""


@offers.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@network_option
@click.option("--source", default="", help="where the list comes from; ids are unique within it")
@click.option("--profile", default="", help="profile file, or name under which it is remembered")
@click.option("--dry-run", is_flag=True, help="say what would happen, change nothing")
@click.option("--draft", is_flag=True, help="do not publish what is new")
@click.option("--withdraw-missing", is_flag=True, help="withdraw what vanished from the file")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="CSV, row by row")
@installed
def import_(file: Path, slug: str, report: Path | None, **wishes: Any) -> None:
    """Import the list FILE: CSV, XLSX, GeoJSON or HSDS JSON."""
    network = network_by(slug)
    if report is not None:
        must_be_writable(report)
    actor = System("offers import")
    try:
        with click.progressbar(length=1, label=file.name, file=sys.stderr) as bar:
            result = import_offers(
                actor=actor, network=network, path=file, progress=show_progress(bar), **wishes
            )
    except UnreadableFile as problem:
        raise Refused(str(problem)) from problem
    tell_result(result, report)
    raise SystemExit(result.exit_code)


@offers.command("undo-import")
@click.argument("run", type=click.UUID)
@network_option
@click.option("--yes", is_flag=True, help="do not only say what would happen: do it")
@installed
def undo_import_(run: UUID, slug: str, yes: bool) -> None:
    """Take back the import RUN: its id stands in `offers imports`."""
    network = network_by(slug)
    actor = System("offers undo-import")
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
        _tell_names(seen)
        click.echo(_("Nothing was changed. To do it, add --yes."))
        done = {"removed": len(seen.go), "restored": len(seen.restored), "stayed": len(seen.stay)}
    click.echo(" ".join(f"{name}={done[name]}" for name in ("removed", "restored", "stayed")))


def _tell_names(seen: Foreseen) -> None:
    for sign, names in (("-", seen.go), ("~", seen.restored), ("=", seen.stay)):
        for name in names:
            click.echo(f"{sign} {name}")


@offers.command("imports")
@network_option
@installed
def imports(slug: str) -> None:
    """The imports of a network, the last one first."""
    with in_network(network_by(slug)):
        for run in runs(System("offers imports"), kind=KIND)[:50]:
            state = "undone" if run.undone_at else "done" if run.finished_at else "not finished"
            counts = f"created={run.created} updated={run.updated} rejected={run.rejected}"
            click.echo(
                f"{run.pk}  {run.started_at:%Y-%m-%d %H:%M}  {run.file_name}  {counts}  {state}"
            )


@offers.command()
@click.argument("text", required=False)
@network_option
@click.option("--near", help="postal code or town")
@click.option("--age", type=click.FloatRange(0, 27), help="age of the child in years")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="one query a line; answers one JSON object a line",
)
@installed
def search(
    text: str | None,
    slug: str,
    near: str | None,
    age: float | None,
    limit: int,
    as_json: bool,
    file: Path | None,
) -> None:
    """Search TEXT in the words of a family, in the order of the finder."""
    if (text is None) == (file is None):
        raise Refused("Give either a TEXT or --file FILE.")
    network = network_by(slug)
    with in_network(network):
        wish = _wish(network, near, age)
        for query in [text or ""] if file is None else _queries(file):
            found = find(
                ANYONE, network, Wish(text=query, **wish), now=timezone.now(), limit=limit
            ).found
            if as_json or file is not None:
                click.echo(json.dumps(_answer(query, found), ensure_ascii=False))
            else:
                _print(found)


def _wish(network: Network, near: str | None, age: float | None) -> dict[str, Any]:
    place = locate(near, network.area_keys) if near else None
    if near and place is None:
        raise Refused(f"We do not know the place “{near}”.")
    return {
        "place": place,
        "place_text": near or "",
        "age_months": None if age is None else round(age * 12),
    }


def _queries(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            return [line.rstrip("\n") for line in lines]
    except UnicodeDecodeError as problem:
        raise Refused(f"“{file.name}” is not UTF-8 text: please save it as UTF-8.") from problem


def _answer(query: str, found: Sequence[Found]) -> dict[str, Any]:
    ids = external_ids(OFFER, [one.offer.pk for one in found])
    return {"query": query, "results": [_result(one, ids) for one in found]}


def _result(found: Found, ids: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": str(found.offer.pk),
        "external_id": ids.get(found.offer.pk),
        "title": found.offer.title,
        "score": round(found.score, 4),
        "distance_km": found.distance_km,
    }


def _from(found: Found) -> Iterator[str]:
    """Provider and town, and the network where it is a neighbour's."""
    yield found.offer.provider.name
    if found.at_place and found.at_place.place.town:
        yield found.at_place.place.town
    if found.from_neighbour:
        yield found.network.name


def _print(found: Sequence[Found]) -> None:
    for rank, one in enumerate(found, start=1):
        km = one.distance_km
        distance = "" if km is None else f"  {spoken_distance(km, one.approximate)}"
        click.echo(f"{rank:>3}. {one.offer.title}  ({one.score:.2f}){distance}")
        click.echo(f"     {', '.join(_from(one))}")
    if not found:
        click.echo(_("Nothing found."))
