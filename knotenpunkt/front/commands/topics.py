"""`knotenpunkt topic …`."""

from __future__ import annotations

import click

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import installed, network_by, network_option
from knotenpunkt.registers.offers.actions import save_topic
from knotenpunkt.registers.offers.queries import topics


@click.group()
def topic() -> None:
    """The topics of a network: those that ship, and its own."""


@topic.command("list")
@network_option
@installed
def list_topics(slug: str) -> None:
    """List all topics, those below another one indented."""
    with in_network(network_by(slug)):
        for one in topics():
            click.echo(f"{'  ' if one.parent_id else ''}{one.key}\t{one.name}")


@topic.command()
@click.argument("key")
@network_option
@click.option("--name", required=True, help="German name, as families read it")
@click.option("--english", default="", help="English name")
@click.option("--parent", default="", help="key of the uppermost topic that it belongs to")
@click.option("--word", "words", multiple=True, help="what families say instead; repeatable")
@installed
def save(key: str, slug: str, name: str, english: str, parent: str, words: tuple[str, ...]) -> None:
    """Add the topic KEY to a network, or change one of its own."""
    names = {"de": name} | ({"en": english} if english else {})
    with in_network(network_by(slug)):
        save_topic(actor=System("topic save"), key=key, names=names, parent=parent, words=words)
    click.echo(f"Saved “{name}” ({key}).")
