"""What the search field answers: proposals by name, fetched again for the one who asks.

The fetch is the gate: what memory proposes and the registers do not give to this actor (any more)
is left out, and what is shown comes from the registers as they are now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.activities.campaigns.queries.campaigns import campaigns
from knotenpunkt.activities.campaigns.wording.campaigns import period
from knotenpunkt.activities.groups.queries import groups
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.front.desk.menu import menu
from knotenpunkt.front.desk.searching.catalogue import (
    OFFER,
    ORGANISATION,
    PERSON,
    ROLE,
    TOPIC,
    proposals,
)
from knotenpunkt.front.handbook import searching as handbook
from knotenpunkt.front.handbook.reading import Section, chapter, chapters
from knotenpunkt.registers.offers.desk.columns import STATE_LABELS
from knotenpunkt.registers.offers.models import Status
from knotenpunkt.registers.offers.queries import offers, topics
from knotenpunkt.registers.offers.rules import is_at_desk_of
from knotenpunkt.registers.pages.models import PageKind
from knotenpunkt.registers.partners.models import Audience, Contact, Organisation
from knotenpunkt.registers.partners.queries import contacts, organisations, people, represented_by
from knotenpunkt.tools.search.names import Match, Named, NameIndex, find, index_of

CAMPAIGN, GROUP, PAGE, HELP = "campaign", "group", "page", "help"
MOST_ROLES = 2
LISTS = {
    PERSON: "partners_desk:people",
    ORGANISATION: "partners_desk:list",
    OFFER: "offers_desk:list",
}
LABELS: dict[str, Promise] = {
    PERSON: gettext_lazy("People"),
    ORGANISATION: gettext_lazy("Organisations"),
    OFFER: gettext_lazy("Offers"),
    TOPIC: gettext_lazy("Topics"),
    CAMPAIGN: gettext_lazy("Campaigns"),
    GROUP: gettext_lazy("Groups"),
    PAGE: gettext_lazy("Pages"),
    HELP: gettext_lazy("Handbook"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that was found. `way` is the number or address by which it was."""

    title: str
    url: str
    icon: str
    note: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; `more_url` leads to the list that holds all of them."""

    key: str
    label: str
    answers: Sequence[Answer]
    more_url: str = ""


def search(actor: Actor, typed: str, *, limit: int) -> list[Group]:
    """The groups with something in them, the one with the best fit first."""
    if not typed.strip():
        return []
    found = [
        *proposals(actor, typed, limit=limit),
        *_joint_work(actor, typed, limit),
        *_pages(actor, typed),
        *_help(typed, limit),
    ]
    by_kind: dict[str, list[Match]] = defaultdict(list)
    for match in found:
        by_kind[PERSON if match.named.group == ROLE else match.named.group].append(match)
    best_first = sorted(by_kind.items(), key=lambda one: -one[1][0].score)
    found_groups = [
        _group(actor, typed, kind, _by_score(told)[:limit]) for kind, told in best_first
    ]
    return [group for group in found_groups if group.answers]


def _by_score(matches: Iterable[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: -match.score)


def _group(actor: Actor, typed: str, kind: str, matches: Sequence[Match]) -> Group:
    fetched = FETCHED[kind](actor, [match.named for match in matches])
    answers = (
        _with_way(fetched[match.named.key], match.way)
        for match in matches
        if match.named.key in fetched
    )
    # A list may name the same person twice in the same role.
    different = list({(one.title, one.note): one for one in answers}.values())
    return Group(kind, str(LABELS[kind]), different, _more_url(actor, kind, typed))


def _with_way(answer: Answer, way: str) -> Answer:
    return Answer(answer.title, answer.url, answer.icon, answer.note, way)


def _more_url(actor: Actor, kind: str, typed: str) -> str:
    """The list of this kind, narrowed to what was typed; the register's for its readers."""
    page = LISTS.get(kind)
    is_theirs = kind == OFFER or actor.may(Right.READ_INTERNAL)
    return f"{reverse(page)}?{urlencode({'q': typed})}" if page and is_theirs else ""


# ── what stands behind the proposals ────────────────────────────────────────────────────────────

Fetched = Mapping[str, Answer]


def _organisations(actor: Actor, named: Sequence[Named]) -> Fetched:
    rows = organisations(actor).select_related("sub_kind").filter(pk__in=_ids(named))
    kept = represented_by(actor)
    return {
        str(row.pk): Answer(
            row.name,
            _portrait_url(actor, row, kept),
            "building",
            _line(
                row.sub_kind.name if row.sub_kind else "",
                row.place.town if row.place else "",
                row.body.name if row.body else "",
                _("has left") if row.left_on else "",
            ),
        )
        for row in rows
    }


def _people(actor: Actor, named: Sequence[Named]) -> Fetched:
    """A person by their key, a role that no person stands behind by its own."""
    persons = [one.key for one in named if one.group == PERSON]
    roles = [one.key for one in named if one.group == ROLE]
    rows = contacts(actor).filter(Q(person__in=persons) | Q(pk__in=roles))
    by_key: dict[str, list[Contact]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        by_key[str(row.person_id or row.pk)].append(row)
    kept = represented_by(actor)
    found = {key: _person(actor, told, kept) for key, told in by_key.items()}
    alone = people(actor).filter(pk__in=[key for key in persons if key not in by_key])
    return found | {
        str(one.pk): Answer(one.full_name, _person_url(one.pk), "user", _("without a role"))
        for one in alone
        if actor.may(Right.READ_INTERNAL)
    }


def _person(actor: Actor, roles: Sequence[Contact], kept: frozenset[UUID]) -> Answer:
    first = roles[0]
    if first.person and actor.may(Right.READ_INTERNAL):
        title, url = first.person.full_name, _person_url(first.person.pk)
    else:
        title = next(filter(None, (_shown_name(actor, role, kept) for role in roles)), "")
        url = _portrait_url(actor, first.organisation, kept)
    current = [role for role in roles if role.is_current]
    note = " · ".join(_role(role) for role in (current or roles)[:MOST_ROLES])
    told = note if current else _("formerly: %(role)s") % {"role": note}
    return Answer(title or first.function or first.organisation.name, url, "user", told)


def _shown_name(actor: Actor, role: Contact, kept: frozenset[UUID]) -> str:
    if actor.may(Right.READ_INTERNAL) or role.organisation_id in kept:
        return role.name
    return role.shown_name(Audience.PROFESSIONALS)


def _role(role: Contact) -> str:
    return ", ".join(filter(None, (role.function, role.organisation.name)))


def _offers(actor: Actor, named: Sequence[Named]) -> Fetched:
    rows = offers(actor).select_related("provider").filter(pk__in=_ids(named))
    found = {}
    for row in rows:
        page = "offers_desk:detail" if is_at_desk_of(actor, row) else "offers:detail"
        state = "" if row.is_published else str(STATE_LABELS[Status(row.status)])
        url = reverse(page, kwargs={"offer_id": row.pk})
        found[str(row.pk)] = Answer(row.title, url, "list", _line(row.provider.name, state))
    return found


def _topics(actor: Actor, named: Sequence[Named]) -> Fetched:
    wanted = {one.key for one in named}
    page = reverse("offers_desk:list")
    return {
        topic.key: Answer(
            topic.name, f"{page}?{urlencode({'thema': topic.key})}", "tag", _("offers on it")
        )
        for topic in topics()
        if topic.key in wanted
    }


def _ids(named: Iterable[Named]) -> list[str]:
    return [one.key for one in named]


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _portrait_url(actor: Actor, one: Organisation, kept: frozenset[UUID]) -> str:
    """All about one organisation; to those at whose desk it is not, what it offers."""
    if actor.may(Right.READ_INTERNAL) or one.pk in kept:
        return reverse("partners_desk:organisation", args=[one.pk])
    return f"{reverse('offers:finder')}?{urlencode({'q': one.name})}"


def _person_url(person_id: UUID) -> str:
    """All about one person."""
    return reverse("partners_desk:person", args=[person_id])


# ── what partners do together: so few that nothing has to be remembered ─────────────────────────


def _joint_work(actor: Actor, typed: str, limit: int) -> list[Match]:
    """Campaigns and groups, for those who read internals."""
    if not actor.may(Right.READ_INTERNAL):
        return []
    told = [Named(CAMPAIGN, str(one.pk), one.title) for one in campaigns(actor)]
    told += [Named(GROUP, str(one.pk), one.name) for one in groups(actor)]
    return find(index_of(told), typed, limit=limit)


def _campaigns(actor: Actor, named: Sequence[Named]) -> Fetched:
    return {
        str(one.pk): Answer(
            one.title, reverse("campaigns:campaign", args=[one.pk]), "megaphone",
            _line(period(one.starts_on, one.ends_on), str(one.get_state_display())),
        )
        for one in campaigns(actor).filter(pk__in=_ids(named))
    }  # fmt: skip


def _groups(actor: Actor, named: Sequence[Named]) -> Fetched:
    return {
        str(one.pk): Answer(
            one.name, reverse("groups:detail", args=[one.pk]), "people", str(one.get_kind_display())
        )
        for one in groups(actor).filter(pk__in=_ids(named))
    }


# ── pages of the program and its help ───────────────────────────────────────────────────────────


def _pages(actor: Actor, typed: str) -> list[Match]:
    """By the key that is their address: nothing has to be fetched."""
    told = [(entry.label, entry.url) for part in menu(actor, "", {}) for entry in part.entries]
    told.append((_("Find offers"), reverse("offers:finder")))
    told += [(str(kind.label), reverse(f"pages:{kind.value}")) for kind in PageKind]
    return find(index_of(Named(PAGE, url, label) for label, url in told), typed, limit=5)


def _page_answers(actor: Actor, named: Sequence[Named]) -> Fetched:
    return {one.key: Answer(one.title, one.key, "arrow-right") for one in named}


@cache
def _sections() -> NameIndex:
    """Titles of chapters and sections; the handbook is the same for all."""
    return index_of(
        Named(HELP, f"{one.key}#{section.mark}" if section.title else one.key,
              section.title or one.title, (one.title,) if section.title else ())
        for one in chapters()
        for section in (*(s for s in one.sections if s.title), WHOLE)
    )  # fmt: skip


def _help(typed: str, limit: int) -> list[Match]:
    """By titles; where none fits, by what the text says."""
    by_title = find(_sections(), typed, limit=limit)
    return by_title or [Match(one, LAST) for one in _said_in_help(typed)][:limit]


def _said_in_help(typed: str) -> Iterator[Named]:
    for hit in handbook.search(typed):
        mark = f"#{hit.section.mark}" if hit.section.title else ""
        title = hit.section.title or hit.chapter.title
        yield Named(HELP, f"{hit.chapter.key}{mark}", title)


def _help_answers(actor: Actor, named: Sequence[Named]) -> Fetched:
    found = {}
    for one in named:
        key, mark, section = one.key.partition("#")
        url = f"{reverse('handbook:chapter', args=[key])}{mark}{section}"
        note = chapter(key).title if section else chapter(key).lead
        found[one.key] = Answer(one.title, url, "help", note)
    return found


LAST = 0.1
WHOLE = Section("", "", "")
FETCHED: dict[str, Callable[[Actor, Sequence[Named]], Any]] = {
    PERSON: _people,
    ORGANISATION: _organisations,
    OFFER: _offers,
    TOPIC: _topics,
    CAMPAIGN: _campaigns,
    GROUP: _groups,
    PAGE: _page_answers,
    HELP: _help_answers,
}
