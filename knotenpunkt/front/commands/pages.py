"""`knotenpunkt page …`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.exceptions import PermissionDenied

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.queries import account_of, actor_for
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.registers.pages import actions
from knotenpunkt.registers.pages.models import LegalPage, PageKind
from knotenpunkt.registers.pages.queries import gaps
from knotenpunkt.registers.pages.urls import PATHS

# The kinds are called as in the address of the page: the only name a coordinator has seen.
KINDS = {words.rstrip("/"): kind for kind, words in PATHS.items()}
WORDS = {kind: word for word, kind in KINDS.items()}
TITLE_MARK = "# "


@click.group()
def page() -> None:
    """The legal pages of a network: read, write, sign."""


def _which_page(command: Callable[..., Any]) -> Callable[..., Any]:
    """`KIND --network SLUG --language CODE`."""
    language = click.option(
        "--language",
        type=click.Choice([code for code, _name in settings.LANGUAGES]),
        default=settings.LANGUAGE_CODE,
        show_default=True,
    )
    return click.argument("kind", type=click.Choice(list(KINDS)))(network_option(language(command)))


@page.command("list")
@network_option
@installed
def list_pages(slug: str) -> None:
    """List the pages, who signed them, and how many gaps they have."""
    network = network_by(slug)
    order = list(PageKind.values)
    with in_network(network):
        for one in sorted(
            LegalPage.objects.all(), key=lambda one: (order.index(one.kind), one.language)
        ):
            signed = f"signed by {one.signed_by}" if one.is_signed else "not signed"
            word, open_ = WORDS[PageKind(one.kind)], len(gaps(network, one))
            click.echo(f"{word}\t{one.language}\t{one.title}\t{signed}\tgaps: {open_}")


@page.command()
@_which_page
@installed
def show(kind: str, slug: str, language: str) -> None:
    """Print title and text of a page as `page save` reads them from a file."""
    with in_network(network_by(slug)):
        found = _page(kind, language)
        click.echo(f"{TITLE_MARK}{found.title}\n\n{found.body}")


@page.command()
@_which_page
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", help="otherwise the line “# Title” that FILE begins with, or the former")
@installed
def save(kind: str, file: Path, slug: str, language: str, title: str | None) -> None:
    """Write the text in FILE to a page. A changed text has to be signed anew."""
    network, (first, body) = network_by(slug), _read(file)
    with in_network(network):
        former = LegalPage.objects.filter(kind=KINDS[kind], language=language).first()
        saved = actions.save_page(
            actor=System("page save"),
            kind=KINDS[kind],
            language=language,
            title=title or first or (former.title if former else ""),
            body=body,
        )
        click.echo(f"Saved “{saved.title}” ({language}).")
        _tell_gaps(network, saved)


@page.command()
@_which_page
@click.option("--by", "email", required=True, help="e-mail address of the person who read it")
@installed
def sign(kind: str, slug: str, language: str, email: str) -> None:
    """Put on record that a person who coordinates the network stands behind a page."""
    network = network_by(slug)
    with in_network(network):
        found = _page(kind, language)
        person = account_of(email)
        try:
            if person is None:
                raise PermissionDenied
            actions.sign_page(actor=actor_for(person), page=found)
        except PermissionDenied as problem:
            raise Refused(f"{email} does not coordinate “{slug}” and cannot sign.") from problem
        click.echo(f"“{found.title}” ({language}) is signed by {found.signed_by}.")
        _tell_gaps(network, found)


def _page(kind: str, language: str) -> LegalPage:
    found: LegalPage | None = LegalPage.objects.filter(kind=KINDS[kind], language=language).first()
    if found is None:
        raise Refused(f"There is no page “{kind}” in the language “{language}” yet.")
    return found


def _read(file: Path) -> tuple[str, str]:
    """Title ("" when the file begins without one) and body."""
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as problem:
        raise Refused(f"“{file.name}” is not UTF-8 text: please save it as UTF-8.") from problem
    if not text.startswith(TITLE_MARK):
        return "", text
    first, _break, body = text.partition("\n")
    return first.removeprefix(TITLE_MARK).strip(), body.strip()


def _tell_gaps(network: Network, saved: LegalPage) -> None:
    found = gaps(network, saved)
    for gap in found:
        click.echo(f"Still open: {gap}")
    if not found:
        click.echo("Nothing is left to be completed.")
