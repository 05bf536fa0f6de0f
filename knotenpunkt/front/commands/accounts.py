"""`knotenpunkt account …`."""

from __future__ import annotations

import secrets
import sys

import click

from knotenpunkt.foundation.accounts.actors import System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.commands.ground import installed, network_by, network_option
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
