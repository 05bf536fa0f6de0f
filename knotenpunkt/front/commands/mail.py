"""`knotenpunkt mail …`."""

from __future__ import annotations

import sys
from uuid import uuid4

import click
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from knotenpunkt.front.commands.ground import Refused
from knotenpunkt.tools.jobs.registry import Unworkable
from knotenpunkt.tools.mail.actions.returning import take_back
from knotenpunkt.tools.mail.delivery import hand_over
from knotenpunkt.tools.mail.letters import Letter, refuse_unusable
from knotenpunkt.tools.mail.queries import mail_is_set_up

SUBJECT = "Test der E-Mail: Grüße von knotenpunkt"
LARGEST_RETURN = 10_000_000
COME_AGAIN = 75  # EX_TEMPFAIL: the mail server keeps it and tries again
TEXT = "Diese Mail zeigt, dass knotenpunkt E-Mails verschicken kann.\n"


@click.group()
def mail() -> None:
    """E-mail that leaves this installation."""


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Send a mail to ADDRESS now, and say what the mail server answers."""
    if not mail_is_set_up():
        raise Refused("No mail server is set up: KNOTENPUNKT_MAIL_URL and KNOTENPUNKT_MAIL_FROM.")
    try:
        refuse_unusable(address, SUBJECT)
        hand_over(Letter(uuid4(), address, SUBJECT, TEXT), before_text=lambda: None)
    except ValidationError as problem:
        raise Refused(f"“{address}” is no e-mail address.") from problem
    except Unworkable as problem:
        cause = type(problem.__cause__).__name__ if problem.__cause__ else ""
        raise Refused(f"{problem} {cause and f'({cause})'}".strip()) from problem
    click.echo("The mail server took the mail.")


@mail.command()
@click.option("--to", default="", help="address it was sent to, where the mail server knows it")
def bounce(to: str) -> None:
    """Take a mail that came back to the return address, from standard input.

    The mail server pipes each of them in here; see docs/operations.md. What is about none of our
    mails is left out.
    """
    raw = sys.stdin.buffer.read(LARGEST_RETURN)
    try:
        verdict = take_back(raw, to)
    except DatabaseError as problem:
        click.echo(f"The database cannot be used: {type(problem).__name__}", err=True)
        sys.exit(COME_AGAIN)
    click.echo(f"Noted: {verdict.value}." if verdict else "This is about no mail of ours.")
