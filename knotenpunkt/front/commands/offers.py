"""`knotenpunkt offers …`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import ANYONE
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.registers.areas.distances import spoken_distance
from knotenpunkt.registers.areas.postal_codes import locate
from knotenpunkt.registers.offers.finder import Found, find
from knotenpunkt.registers.offers.imports.identities import external_ids
from knotenpunkt.registers.offers.wishes import Wish


@click.group()
def offers() -> None:
    """The register of offers: import a list, search like a family."""


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
            answer = _answer(network, query, wish, limit)
            if as_json or file is not None:
                click.echo(json.dumps(answer, ensure_ascii=False))
            else:
                _print(answer["results"])


def _wish(network: Network, near: str | None, age: float | None) -> dict[str, Any]:
    place = locate(near, network.area_keys) if near else None
    if near and place is None:
        raise Refused(f"We do not know the place “{near}”.")
    return {
        "place": place,
        "place_text": near or "",
        "age_months": None if age is None else round(age * 12),
    }


def _queries(file: Path) -> Iterable[str]:
    with file.open(encoding="utf-8-sig") as lines:
        for line in lines:
            yield line.rstrip("\n")


def _answer(network: Network, query: str, wish: dict[str, Any], limit: int) -> dict[str, Any]:
    finding = find(ANYONE, network, Wish(text=query, **wish), now=timezone.now(), limit=limit)
    ids = external_ids([found.offer.pk for found in finding.found])
    return {"query": query, "results": [_result(found, ids) for found in finding.found]}


def _result(found: Found, ids: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": str(found.offer.pk),
        "external_id": ids.get(found.offer.pk),
        "title": found.offer.title,
        "score": round(found.score, 4),
        "distance_km": found.distance_km,
    }


def _print(results: list[dict[str, Any]]) -> None:
    for rank, result in enumerate(results, start=1):
        km = result["distance_km"]
        distance = "" if km is None else f"  {spoken_distance(km, approximate=False)}"
        click.echo(f"{rank:>3}. {result['title']}  ({result['score']:.2f}){distance}")
    if not results:
        click.echo("Nothing found.")
