"""`knotenpunkt mail …`."""

from __future__ import annotations

from uuid import uuid4

import click
from django.core.exceptions import ValidationError

from knotenpunkt.front.commands.ground import Refused
from knotenpunkt.tools.jobs.registry import Unworkable
from knotenpunkt.tools.mail.delivery import hand_over
from knotenpunkt.tools.mail.letters import Letter, refuse_unusable
from knotenpunkt.tools.mail.queries import mail_is_set_up

SUBJECT = "Test der E-Mail: Grüße von knotenpunkt"
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
