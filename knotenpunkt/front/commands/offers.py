"""`knotenpunkt offers …`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import ANYONE, System
from knotenpunkt.foundation.accounts.queries import account_of, actor_for
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands import explaining
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.front.commands.listing import must_be_writable, show_progress, tell_result
from knotenpunkt.front.commands.offer_texts import offer_texts
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.areas.postal_codes import locate
from knotenpunkt.registers.offers.actions import sign_emergency_texts
from knotenpunkt.registers.offers.danger import SIGNED_BY_THE_MAKERS, text_languages, texts
from knotenpunkt.registers.offers.finder import Finding, Found, find
from knotenpunkt.registers.offers.imports.importer import import_offers
from knotenpunkt.registers.offers.imports.profiles import KIND
from knotenpunkt.registers.offers.imports.undoing.plan import foresee
from knotenpunkt.registers.offers.imports.undoing.undo import undo_import
from knotenpunkt.registers.offers.imports.writing import OFFER
from knotenpunkt.registers.offers.queries import emergency_text_is_signed, spoken_languages
from knotenpunkt.registers.offers.wishes import Wish, tidy
from knotenpunkt.registers.offers.wishing import understand_wish
from knotenpunkt.tools.imports.fates import Foreseen
from knotenpunkt.tools.imports.models import Run
from knotenpunkt.tools.imports.queries import external_ids, get_run, runs
from knotenpunkt.tools.imports.tables import UnreadableFile
from knotenpunkt.tools.imports.undoing import TooLate, refuse_too_late


@click.group()
def offers() -> None:
    """The register of offers: import a list, search like a family."""


offers.add_command(offer_texts)


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


@offers.command("emergency-texts")
@network_option
@click.option("--language", type=click.Choice(text_languages()), help="print this one's texts")
@installed
def emergency_texts(slug: str, language: str | None) -> None:
    """List or print what families read in an emergency, and which languages are signed."""
    with in_network(network_by(slug)):
        if language:
            click.echo(json.dumps(texts(language), ensure_ascii=False, indent=2))
            return
        for code in text_languages():
            signed = code in SIGNED_BY_THE_MAKERS or emergency_text_is_signed(code)
            click.echo(f"{code}\t{'signed' if signed else 'not signed'}")


@offers.command("sign-emergency-texts")
@click.argument("language", type=click.Choice(text_languages()))
@network_option
@click.option("--by", "email", required=True, help="e-mail address of the person who read them")
@installed
def sign_emergency_texts_(language: str, slug: str, email: str) -> None:
    """Put on record that a person who coordinates the network stands behind these texts."""
    with in_network(network_by(slug)):
        person = account_of(email)
        try:
            if person is None:
                raise PermissionDenied
            actor = actor_for(person)
            sign_emergency_texts(actor=actor, language=language)
        except PermissionDenied as problem:
            raise Refused(f"{email} does not coordinate “{slug}” and cannot sign.") from problem
        click.echo(f"The emergency texts ({language}) are signed by {actor.label}.")


@offers.command()
@click.argument("text", required=False)
@network_option
@click.option("--near", help="postal code or town")
@click.option("--age", type=click.FloatRange(0, 27), help="age of the child in years")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--explain", is_flag=True, help="say how TEXT was understood, and why each was found")
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
    explain: bool,
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
            finding = _finding(network, query, wish, limit)
            if as_json or file is not None:
                click.echo(json.dumps(_answer(query, finding, explain), ensure_ascii=False))
            else:
                _print(finding, explain)


def _finding(network: Network, query: str, wish: dict[str, Any], limit: int) -> Finding:
    """What the finder answers; a text has as many letters as its field takes."""
    typed = Wish(text=tidy(query), **wish)
    near = network.area_keys
    meant = understand_wish(typed, near_area_keys=near, languages=spoken_languages())
    return find(ANYONE, network, meant, now=timezone.now(), limit=limit)


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


def _answer(query: str, finding: Finding, explain: bool) -> dict[str, Any]:
    ids = external_ids(OFFER, [one.offer.pk for one in finding.found])
    results = [
        _result(one, ids) | ({"parts": explaining.parts(one)} if explain else {})
        for one in finding.found
    ]
    known = {"understood": explaining.understood(finding)} if explain else {}
    return {"query": query, **known, "results": results}


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


def _print(finding: Finding, explain: bool) -> None:
    for line in explaining.told(finding) if explain else ():
        click.echo(line)
    for rank, one in enumerate(finding.found, start=1):
        km = one.distance_km
        distance = "" if km is None else f"  {spoken_distance(km, one.approximate)}"
        click.echo(f"{rank:>3}. {one.offer.title}  ({one.score:.2f}){distance}")
        click.echo(f"     {', '.join(_from(one))}")
        if explain:
            click.echo(f"     {explaining.score_line(one)}")
    if not finding.found:
        click.echo(_("Nothing found."))
