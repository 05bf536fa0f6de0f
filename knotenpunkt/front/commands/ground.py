"""What the commands share: a prepared database, a network by its short name, kind errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click
from django.core.exceptions import ValidationError
from django.db import OperationalError

from knotenpunkt.foundation.networks.installation import prepare_if_empty
from knotenpunkt.foundation.networks.models import Network

P = ParamSpec("P")
R = TypeVar("R")

UNREADABLE = 2


class Refused(click.ClickException):
    """Something the command cannot do; told in one sentence, exit code 2."""

    exit_code = UNREADABLE


def installed(command: Callable[P, R]) -> Callable[P, R]:
    """Before the command: create the database of an empty folder, refuse an outdated one."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            if not prepare_if_empty():
                raise Refused("The database is older than the program: knotenpunkt upgrade")
            return command(*args, **kwargs)
        except ValidationError as problem:
            raise Refused(_told(problem)) from problem
        except OperationalError as problem:
            reason = str(problem).strip().splitlines()[0]
            raise Refused(f"The database cannot be used: {reason}") from problem

    return wrapped


def _told(problem: ValidationError) -> str:
    """What is wrong, and with which value where that is known."""
    if not hasattr(problem, "error_dict"):
        return " ".join(problem.messages)
    return " ".join(
        f"{field}: {text}" for field, texts in problem.message_dict.items() for text in texts
    )


def network_by(slug: str) -> Network:
    """The network of that short name, or a sentence that lists those there are."""
    found = Network.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Network.objects.values_list("slug", flat=True)) or "none yet"
        raise Refused(f"There is no network “{slug}”. Known networks: {known}.")
    return found


def network_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--network SLUG`."""
    return click.option("--network", "slug", required=True, help="short name of the network")(
        command
    )
