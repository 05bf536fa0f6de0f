"""What stands around the pages of the desk: menu and account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.networks.addresses import in_language
from knotenpunkt.front.desk.gate import DeskRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu. `post` makes it a button in a form."""

    label: str
    url: str
    icon: str
    current: bool = False
    post: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, and what they can do about it."""

    name: str
    initials: str
    menu: Sequence[Entry]


def frame(request: DeskRequest) -> dict[str, object]:
    """The context of `design/desk.html` for a member."""
    name = request.actor.user.name
    return {
        "desk_menu": _menu(reverse("desk:today")),
        "account": Account(name=name, initials=spoken.initials(name), menu=_account_menu(request)),
    }


def _menu(here: str) -> list[list[Entry]]:
    today = Entry(_("Today"), here, "sun", current=True)
    finder = Entry(_("Find offers"), reverse("offers:finder"), "search")
    return [[today], [finder]]


def _account_menu(request: DeskRequest) -> list[Entry]:
    others = [
        Entry(spoken.own_name(code), in_language(request, request.network, code), "globe")
        for code, _name in settings.LANGUAGES
        if code != request.LANGUAGE_CODE
    ]
    return [*others, Entry(_("Sign out"), reverse("desk:sign_out"), "logout", post=True)]
