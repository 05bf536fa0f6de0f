"""`knotenpunkt network …`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from knotenpunkt.foundation.networks.actions import change_network
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.commands.ground import Refused, installed, network_by
from knotenpunkt.front.founding import found_network

DETAILS = [
    click.option("--short-name", help="as it stands beside the mark, such as Mittelsachsen"),
    click.option("--accent", help="the one colour of the network, such as #0B5D55"),
    click.option("--operator", help="who runs the network, for the legal pages"),
    click.option("--operator-address", help="postal address of the operator"),
    click.option("--contact-name", help="whom families can ask"),
    click.option("--contact-function", help="what that person does"),
    click.option("--contact-phone"),
    click.option("--contact-email"),
    click.option("--contact-hours", help="when somebody answers, such as “Mo–Do 9–15 Uhr”"),
]


def with_details(command: Any) -> Any:
    """The options that describe a network."""
    for option in reversed(DETAILS):
        command = option(command)
    return command


@click.group()
def network() -> None:
    """The networks of this installation."""


@network.command()
@click.argument("slug")
@click.option("--name", required=True, help="full name, such as “Netzwerk Frühe Hilfen Peine”")
@click.option("--ags", "area_keys", multiple=True, help="area key, 2 to 8 digits; repeatable")
@with_details
@installed
def create(slug: str, **values: Any) -> None:
    """Create the network SLUG with its topics, legal pages, help numbers and map."""
    created = found_network(slug=slug, **_given(values))
    click.echo(f"Created “{created.name}”: /{created.slug}/")


@network.command()
@click.argument("slug")
@click.option("--name")
@click.option("--ags", "area_keys", multiple=True, help="area key, 2 to 8 digits; repeatable")
@click.option("--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--neighbours/--no-neighbours", "shows_neighbours", default=None)
@with_details
@installed
def change(slug: str, logo: Path | None, **values: Any) -> None:
    """Change what is given of the network SLUG; a colour is checked for contrast."""
    found = network_by(slug)
    if logo is not None:
        values["logo"] = _kept_logo(found, logo)
    change_network(network=found, **_given(values))
    click.echo(f"Changed “{found.name}”.")


@network.command("list")
@installed
def list_networks() -> None:
    """List the networks of this installation."""
    for one in Network.objects.all():
        click.echo(f"{one.slug}\t{one.name}\t{', '.join(one.area_keys)}")


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, ())}


def _kept_logo(network: Network, logo: Path) -> str:
    if logo.suffix.lower() not in {".svg", ".png"}:
        raise Refused("A logo is an SVG or PNG file.")
    folder = Path(settings.DATA_DIR) / "logos"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{network.pk}{logo.suffix.lower()}"
    shutil.copyfile(logo, folder / name)
    return name
