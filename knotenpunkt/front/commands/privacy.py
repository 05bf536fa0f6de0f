"""`knotenpunkt privacy …`."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from knotenpunkt.activities.campaigns.privacy import find_orderer
from knotenpunkt.activities.inbox.privacy import find_caller
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.privacy import find_account
from knotenpunkt.foundation.core.personal_data import Holding, Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks, in_network
from knotenpunkt.foundation.privacy import actions, queries
from knotenpunkt.foundation.privacy.compacting import StillRead, compact, rewrites_beside_work
from knotenpunkt.front.commands.ground import Refused, installed, network_by
from knotenpunkt.registers.partners.privacy import find_contact

FIND = {
    "contact": find_contact, "caller": find_caller, "orderer": find_orderer,
    "account": find_account,
}  # fmt: skip


def whom(command: Callable[..., Any]) -> Callable[..., Any]:
    """The words that name a person: contact or orderer TEXT, caller NUMBER, account E-MAIL."""
    for option in (
        click.option("--network", "slug", help="short name of the contact's or caller's network"),
        click.argument("who"),
        click.argument("kind", type=click.Choice(list(FIND))),
    ):
        command = option(command)
    return command


@click.group()
def privacy() -> None:
    """Personal data: what there is, and its end."""


@privacy.command("list")
def list_holdings() -> None:
    """Print what personal data this installation holds, why and how long."""
    for app, holding in queries.holdings():
        click.echo(_paragraph(app, holding))


@privacy.command()
@whom
@installed
def export(kind: str, who: str, slug: str | None) -> None:
    """Print as JSON what is held about a person.

    WHO is the id, e-mail address or name of a contact, the telephone number of a family that asked
    to be called, the name, e-mail address or number of somebody who ordered without being a
    contact, or the e-mail address of an account.
    """
    with _person(kind, who, slug) as person:
        found = queries.export(actor=System("privacy export"), person=person)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))


@privacy.command()
@whom
@click.option("--yes", is_flag=True, help="do not ask")
@installed
def erase(kind: str, who: str, slug: str | None, yes: bool) -> None:
    """Erase a person: the record itself and every copy of it. This cannot be undone.

    WHO is the id, e-mail address or name of a contact, the telephone number of a family that asked
    to be called, the name, e-mail address or number of somebody who ordered without being a
    contact, or the e-mail address of an account.
    """
    actor = System("privacy erase")
    with _person(kind, who, slug) as person:
        if not yes:
            for app, records in queries.export(actor=actor, person=person).items():
                click.echo(f"{app}: {len(records)}")
            click.confirm("Erase all of this for ever?", abort=True)
        done = actions.erase(actor=actor, person=person)
    if rewrites_beside_work():
        _compacted()
    for text in done.mentions:
        click.echo(f"still named in: {text}", err=True)
    if kind == "contact":
        click.echo("A list that still names this person brings them back when imported.", err=True)
    click.echo(_counts(done.records))


@privacy.command("compact")
@installed
def compact_files() -> None:
    """Take what was deleted out of the files of the database as well.

    On SQLite erasing does it by itself. On PostgreSQL each table is locked while it is rewritten,
    and the owner's connection is needed: best at night.
    """
    _compacted()
    click.echo("The files of the database hold nothing any more that was deleted.")


def _compacted() -> None:
    try:
        compact()
    except StillRead as problem:
        raise Refused(f"{problem} Then run: knotenpunkt privacy compact") from problem


@privacy.command()
@installed
def expire() -> None:
    """Delete what is past its term, in every network. The clock does it each night, too."""
    gone: Counter[str] = Counter()
    for network in Network.objects.all():
        with in_network(network):
            gone.update({one.what: one.count for one in actions.expire()})
    click.echo(_counts(gone))


def _paragraph(app: str, holding: Holding) -> str:
    lines = [
        ("what", holding.what),
        ("why", holding.why),
        ("ground", holding.legal_basis),
        ("until", holding.term),
        ("where", ", ".join(holding.where)),
    ]
    return "\n".join([app, *(_wrapped(name, text) for name, text in lines), ""])


def _wrapped(name: str, text: str) -> str:
    return textwrap.fill(text, 98, initial_indent=f"  {name:<8}", subsequent_indent=" " * 10)


def _counts(records: Mapping[str, int]) -> str:
    return " ".join(f"{app}={count}" for app, count in records.items()) or "nothing to do"


@contextmanager
def _person(kind: str, who: str, slug: str | None) -> Iterator[Person]:
    """The person, within the scope in which their data lie."""
    if (kind == "account") == bool(slug):
        raise Refused("Contacts and callers belong to a network (--network SLUG), accounts to all.")
    scope = in_network(network_by(slug)) if slug else all_networks("privacy of an account")
    with scope:
        person = FIND[kind](who)
        if person is None:
            raise Refused(f"There is no {kind} “{who}”.")
        yield person
