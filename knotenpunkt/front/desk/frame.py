"""What stands around the pages of the desk: menu, search, help and account.

A context processor, so that each app renders its own desk pages without knowing the front. It
costs nothing where no member is at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from knotenpunkt.activities.notes.forms import NoteForm
from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.devices import NETWORKS
from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.foundation.accounts.queries import owes_second_factor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import languages, spoken
from knotenpunkt.foundation.networks.addresses import in_language, mount
from knotenpunkt.front.desk.menu import Entry, Group, menu
from knotenpunkt.front.desk.today import waiting_things
from knotenpunkt.front.handbook.ways import help_url


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, and what they can do about it."""

    name: str
    initials: str
    menu: Sequence[Entry]


def frame(request: DeskRequest) -> dict[str, object]:
    """The context of `design/desk.html` for a member; nothing outside a network."""
    if getattr(request, "network", None) is None:
        return {}
    return {
        "desk_menu": SimpleLazyObject(lambda: _menu(request)),
        "account": SimpleLazyObject(lambda: _account(request)),
        "quick_note": SimpleLazyObject(lambda: _quick_note(request)),
        "desk_search": SimpleLazyObject(lambda: _search(request)),
        "help_url": SimpleLazyObject(lambda: _help_url(request)),
    }


@dataclass(frozen=True, slots=True)
class Search:
    """The search field in the bar: where it leads, where hits come from while one types, and what
    was typed."""

    url: str
    live_url: str
    label: str
    value: str


def _search(request: DeskRequest) -> Search | None:
    """Everything is looked for from every page."""
    if not _is_at_work(request):
        return None
    is_asked = _page(request) == "desk:search"
    return Search(
        url=reverse("desk:search"),
        live_url=reverse("desk:search_hits"),
        label=_("Find a person, organisation or offer"),
        value=request.GET.get("q", "").strip() if is_asked else "",
    )


def _help_url(request: DeskRequest) -> str:
    return help_url(request) if _is_at_work(request) else ""


def _is_at_work(request: DeskRequest) -> bool:
    """Whether a member stands at a page of the desk, and may open others."""
    return isinstance(request.actor, Person) and not _is_led_aside(request)


def _page(request: DeskRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


@dataclass(frozen=True, slots=True)
class QuickNote:
    """What unfolds from the bar above every page, and where one comes back to."""

    template: str
    form: NoteForm
    url: str
    back: str


def _quick_note(request: DeskRequest) -> QuickNote | None:
    if not request.actor.may(Right.WRITE_NOTES) or _is_led_aside(request):
        return None
    return QuickNote(
        template="notes/_quick.html",
        form=NoteForm(auto_id="schnell_%s"),
        url=reverse("notes:add"),
        back=request.get_full_path(),
    )


def _menu(request: DeskRequest) -> Sequence[Group]:
    if _is_led_aside(request):
        return []
    actor = request.actor
    counts = {"desk:today": waiting_things(actor)}
    return menu(actor, _page(request), counts, is_demo=request.network.is_demo)


def _is_led_aside(request: DeskRequest) -> bool:
    """Whether this member must protect their account first; until then no other page opens."""
    actor = request.actor
    return isinstance(actor, Person) and owes_second_factor(actor, request.network)


def _account(request: DeskRequest) -> Account | None:
    if not isinstance(request.actor, Person):
        return None
    name = request.actor.user.name
    return Account(name=name, initials=spoken.initials(name), menu=_account_menu(request))


def _account_menu(request: DeskRequest) -> list[Entry]:
    others = [
        Entry(spoken.own_name(code), in_language(request, request.network, code), "globe")
        for code in languages.DESK
        if code != request.LANGUAGE_CODE
    ]
    return [
        Entry(_("My account"), reverse("account:home"), "user"),
        Entry(_("What may I do here?"), reverse("desk:rights"), "shield"),
        *_other_networks(request),
        *others,
        Entry(_("Sign out"), reverse("desk:sign_out"), "logout", post=True),
    ]


def _other_networks(request: DeskRequest) -> list[Entry]:
    """Where else this person works, as it was when they signed in; the desk there looks again."""
    known = request.session.get(NETWORKS, [])
    return [
        Entry(
            _("Switch to %(network)s") % {"network": name},
            mount(slug, request.LANGUAGE_CODE) + "desk/",
            "network",
        )
        for slug, name in known
        if slug != request.network.slug
    ]
