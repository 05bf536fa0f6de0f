"""What can be done about a search that finds nothing or not the right thing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core import spoken
from knotenpunkt.tools.search.own_words import own_word_said
from knotenpunkt.tools.search.searched import FrequentSearch


@dataclass(frozen=True, slots=True)
class Step:
    """One way on: what to do, when it is the right one, and where."""

    title: str
    text: str
    url: str
    icon: str


def steps(actor: Actor, one: FrequentSearch) -> list[Step]:
    """What this member may do; the most likely first."""
    found = []
    if actor.may(Right.EDIT_REGISTERS):
        found += [_word(actor, one), _offer(one)]
    if actor.may(Right.WRITE_NOTES):
        found.append(_note(one))
    return found


def _word(actor: Actor, one: FrequentSearch) -> Step:
    known = own_word_said(actor, one.text)
    if known is not None:
        return Step(
            _("Change the own word"),
            _("It is one of your own words already. Does it mean something else by now?"),
            reverse("desk:word", kwargs={"word_id": known.pk}),
            "edit",
        )
    return Step(
        _("Add as an own word"),
        _("The offer exists, but people here call it something else. Say what the word means."),
        f"{reverse('desk:word_new')}?{urlencode({'wort': one.text})}",
        "book",
    )


def _offer(one: FrequentSearch) -> Step:
    return Step(
        _("Add an offer"),
        _("There is such help in your area, it is only not in the list yet."),
        f"{reverse('offers_desk:new')}?{urlencode({'titel': one.text})}",
        "plus",
    )


def _note(one: FrequentSearch) -> Step:
    told = _(
        "Families search “%(text)s”: %(count)s times in twelve months, %(without)s times without a "
        "result."
    )
    text = told % {
        "text": one.text,
        "count": spoken.number(one.count),
        "without": spoken.number(one.without_result),
    }
    query = urlencode({"who": _("Need from the searches of families"), "text": text})
    return Step(
        _("Keep as a need"),
        _("There is no such help yet. Keep a note for the next talk about planning."),
        f"{reverse('notes:add')}?{query}",
        "flag",
    )
