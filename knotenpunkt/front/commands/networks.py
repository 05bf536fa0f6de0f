"""`knotenpunkt network …`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.commands.ground import installed, network_by
from knotenpunkt.front.founding import change_network, found_network

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
    click.option("--answer-days", type=int, help="working days until families are called back"),
    click.option("--note-days", type=int, help="days after which contact notes are deleted"),
    click.option("--mail-days", type=int, help="days until it is forgotten who got which mail"),
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
    created = found_network(actor=System("network create"), slug=slug, **_given(values))
    click.echo(f"Created “{created.name}”: /{created.slug}/")


@network.command()
@click.argument("slug")
@click.option("--name")
@click.option("--ags", "area_keys", multiple=True, help="area key, 2 to 8 digits; repeatable")
@click.option("--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--neighbours/--no-neighbours", "shows_neighbours", default=None)
@click.option("--mail-address", help="sender of the network's mails; empty: the installation's")
@click.option("--mail-name", help="name of that sender; empty: the name of the network")
@click.option(
    "--second-factor",
    "second_factor_roles",
    type=click.Choice([*map(str, Role), "nobody"]),
    multiple=True,
    help="role that needs a passkey or a code app; repeatable",
)
@with_details
@installed
def change(slug: str, logo: Path | None, **values: Any) -> None:
    """Change what is given of the network SLUG; a colour is checked for contrast."""
    if values["second_factor_roles"]:
        asked = [role for role in values["second_factor_roles"] if role != "nobody"]
        values["second_factor_roles"] = asked
    changed = change_network(
        actor=System("network change"), network=network_by(slug), logo=logo, **_given(values)
    )
    click.echo(f"Changed “{changed.name}”.")


@network.command("list")
@installed
def list_networks() -> None:
    """List the networks of this installation."""
    for one in Network.objects.all():
        click.echo(f"{one.slug}\t{one.name}\t{', '.join(one.area_keys)}")


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, ())}
