"""`knotenpunkt search …`: the words by which a network's search understands people."""

from __future__ import annotations

import click
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.tools.search.actions import remove_own_word, save_own_word
from knotenpunkt.tools.search.own_words import own_word_said, own_words

READER = System("search words")


@click.group()
def search() -> None:
    """The words by which the search understands people."""


@search.group()
def words() -> None:
    """The own words of a network: what only people there say."""


@words.command("list")
@network_option
@installed
def list_words(slug: str) -> None:
    """List all own words with what they mean."""
    with in_network(network_by(slug)):
        for one in own_words(READER):
            click.echo(f"{one.said}\t{', '.join(one.means)}\t{one.note}".rstrip())


@words.command()
@click.argument("word")
@network_option
@click.option("--means", multiple=True, required=True, help="what it means; repeatable")
@click.option("--note", default="", help="where it comes from")
@installed
def save(word: str, slug: str, means: tuple[str, ...], note: str) -> None:
    """Add WORD to a network, or change what it means."""
    actor = System("search words save")
    with in_network(network_by(slug)):
        known = own_word_said(actor, word)
        try:
            kept = save_own_word(actor=actor, said=word, means=means, note=note, word=known)
        except ValidationError as problem:
            raise Refused(" ".join(problem.messages)) from problem
    click.echo(f"Saved “{kept.said}”.")


@words.command()
@click.argument("word")
@network_option
@installed
def remove(word: str, slug: str) -> None:
    """Remove WORD from a network."""
    actor = System("search words remove")
    with in_network(network_by(slug)):
        known = own_word_said(actor, word)
        if known is None:
            raise Refused(_("There is no own word “%(word)s”.") % {"word": word})
        remove_own_word(actor=actor, word=known)
    click.echo(f"Removed “{known.said}”.")
