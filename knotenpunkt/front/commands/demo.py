"""`knotenpunkt demo …`."""

from __future__ import annotations

import click
from django.conf import settings

from knotenpunkt.front.commands.ground import Refused, installed
from knotenpunkt.front.demo.loading import load as load_network
from knotenpunkt.front.demo.loading import size
from knotenpunkt.front.demo.networks import NETWORKS, PASSWORD, DemoNetwork


@click.group()
def demo() -> None:
    """The demo networks: everything in them is invented."""


@demo.command()
@click.option("--network", "slug", type=click.Choice([one.slug for one in NETWORKS]))
@installed
def load(slug: str | None) -> None:
    """Load the demo networks (or one of them); those that are there stay as they are."""
    if not settings.LOCAL_MODE:
        raise Refused("Demo networks have known passwords: leave KNOTENPUNKT_HOSTS out.")
    for one in NETWORKS:
        if slug in (None, one.slug):
            _load(one)
    click.echo(f"Demo logins (password {PASSWORD}):")
    for one in NETWORKS:
        for login in one.logins:
            click.echo(f"  /{one.slug}/desk/  {login.email}  ({login.role})")


def _load(one: DemoNetwork) -> None:
    with click.progressbar(length=size(one), label=f"Demo {one.short_name}") as bar:
        loaded = load_network(one, progress=lambda done: bar.update(done - bar.pos))
    if not loaded:
        click.echo(f"{one.short_name}: already there.")
