"""`knotenpunkt account …`."""

from __future__ import annotations

import secrets
import sys

import click
from django.conf import settings

from knotenpunkt.foundation.accounts import links
from knotenpunkt.foundation.accounts.actions import remove_second_factor
from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.models import Membership, User
from knotenpunkt.foundation.accounts.queries import account_of
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import Refused, installed, network_by, network_option
from knotenpunkt.front.founding import give_role


@click.group()
def account() -> None:
    """People who sign in at the desk."""


@account.command()
@click.argument("email")
@click.option("--name", required=True)
@network_option
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--password-stdin", is_flag=True, help="read the password from standard input")
@installed
def create(email: str, name: str, slug: str, role: str, password_stdin: bool) -> None:
    """Give EMAIL a role in a network; a new person gets a password that is shown once."""
    given = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    password = given or secrets.token_urlsafe(12)
    with in_network(network_by(slug)):
        member, is_new = give_role(
            actor=System("account create"),
            email=email,
            name=name,
            role=Role(role),
            password=password,
        )
    click.echo(f"{member.user.email} is now {member.role} in {slug}.")
    if is_new and not given:
        click.echo(f"Password, shown this once: {password}")


@account.command("reset-link")
@click.argument("email")
@network_option
@click.option("--port", default=8000, show_default=True, help="where it is served locally")
@installed
def reset_link(email: str, slug: str, port: int) -> None:
    """Print a link with which EMAIL chooses a new password; good once and for 24 hours."""
    network = network_by(slug)
    with in_network(network):
        user = _member(email, slug)
    path = address(network, "desk:new_password", user_id=user.pk, key=links.reset_key(user))
    hosts: list[str] = settings.HOSTS
    start = f"https://{hosts[0]}" if hosts else f"http://localhost:{port}"
    click.echo(f"Hand this over to {user.name} and to nobody else:\n{start}{path}")


@account.command("remove-second-factor")
@click.argument("email")
@network_option
@installed
def without_second_factor(email: str, slug: str) -> None:
    """Let EMAIL sign in by password alone, for somebody who lost telephone and recovery codes."""
    with in_network(network_by(slug)):
        user = _member(email, slug)
        actor = System("account remove-second-factor")
        removed = remove_second_factor(actor=actor, user=user)
    click.echo(f"{user.email} had {removed} and has none now." if removed else "There was none.")


def _member(email: str, slug: str) -> User:
    """Whose account it is; only of people who work in that network."""
    user = account_of(email)
    if user is None or not Membership.objects.filter(user=user).exists():
        raise Refused(f"Nobody with the address {email} works in {slug}.")
    return user
