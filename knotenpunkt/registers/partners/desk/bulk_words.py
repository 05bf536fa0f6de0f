"""How one deed on many partners is said: before it happens, afterwards, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.areas.queries import region_name
from knotenpunkt.registers.partners.bulk.kinds import (
    ADD_REGION,
    ADD_TAG,
    CONFIRM,
    JOIN,
    LEAVE,
    REMOVE_REGION,
    REMOVE_TAG,
    SET_KIND,
    SET_PROFESSION,
)
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.registers.partners.queries import profession_name


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one deed; `%(who)s` are "3 organisations", `%(named)s` is the argument."""

    on_the_button: str
    question: str
    consequence: str
    button: str
    done: str
    taken_back: str


def _said() -> Mapping[str, Said]:
    return {
        CONFIRM: Said(
            _("Confirmed today"),
            _("Mark %(who)s as confirmed today?"),
            _("The date of the last confirmation becomes today. Please do this only if somebody "
              "has said so."),
            _("Mark as confirmed"),
            _("%(who)s: confirmed today"),
            _("The dates of before come back."),
        ),
        ADD_TAG: Said(
            _("Add a tag …"),
            _("Give %(who)s the tag “%(named)s”?"),
            _("They are found by this tag."),
            _("Add the tag"),
            _("%(who)s: tag “%(named)s” added"),
            _("The tag goes again."),
        ),
        REMOVE_TAG: Said(
            _("Remove a tag …"),
            _("Take the tag “%(named)s” from %(who)s?"),
            _("They are no longer found by this tag. The tag itself stays."),
            _("Remove the tag"),
            _("%(who)s: tag “%(named)s” removed"),
            _("The tag comes back."),
        ),
        ADD_REGION: Said(
            _("Add a region …"),
            _("Let %(who)s work for the region “%(named)s”?"),
            _("They are found in this region, too."),
            _("Add the region"),
            _("%(who)s: region “%(named)s” added"),
            _("The region goes again."),
        ),
        REMOVE_REGION: Said(
            _("Remove a region …"),
            _("Take the region “%(named)s” from %(who)s?"),
            _("Who has no region left works for the whole network."),
            _("Remove the region"),
            _("%(who)s: region “%(named)s” removed"),
            _("The region comes back."),
        ),
        SET_KIND: Said(
            _("Set the kind …"),
            _("Make “%(named)s” the kind of %(who)s?"),
            _("The completeness of the network is counted by it. An own kind of another kind "
              "is taken away."),
            _("Set the kind"),
            _("%(who)s: kind “%(named)s”"),
            _("The kinds of before come back."),
        ),
        JOIN: Said(
            _("Take in as partners"),
            _("Take %(who)s into the network as of today?"),
            _("They count as partners of the network from today on."),
            _("Take in"),
            _("%(who)s: partner since today"),
            _("They are no partners again."),
        ),
        SET_PROFESSION: Said(
            _("Set the profession …"),
            _("Make “%(named)s” the profession of %(who)s?"),
            _("They are found by this professional group."),
            _("Set the profession"),
            _("%(who)s: professional group “%(named)s”"),
            _("The professions of before come back."),
        ),
        LEAVE: Said(
            _("No longer there …"),
            _("Mark %(who)s as no longer there?"),
            _("Nobody is asked or written to there any more. Nothing is lost: roles end and stay "
              "in the history."),
            _("Mark as no longer there"),
            _("%(who)s: no longer there"),
            _("They are there again, with the roles that ended."),
        ),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartnerWords:
    """What is said of organisations or of people."""

    kinds: tuple[str, ...]
    is_people: bool

    @property
    def these(self) -> str:
        return _("These people") if self.is_people else _("These organisations")

    @property
    def picked(self) -> str:
        return _("Picked people") if self.is_people else _("Picked organisations")

    @property
    def pick_first(self) -> str:
        if self.is_people:
            return _("Please pick people first.")
        return _("Please pick organisations first.")

    @property
    def label(self) -> str:
        if self.is_people:
            return _("What to do with the picked people")
        return _("What to do with the picked organisations")

    def buttons(self) -> list[tuple[str, str]]:
        """Those first that are wanted most."""
        return [(kind, _said()[kind].on_the_button) for kind in self.kinds]

    def asking(self, kind: str, count: int) -> str:
        """ "Schlagwort hinzufügen: 3 Organisationen"."""
        return f"{_said()[kind].button}: {self._who(count)}"

    def question(self, kind: str, count: int, named: str) -> str:
        """What is about to be done."""
        return _said()[kind].question % {"who": self._who(count), "named": named}

    def consequence(self, kind: str, named: str) -> str:
        """What it means."""
        return _said()[kind].consequence

    def button(self, kind: str, count: int) -> str:
        """What the button says that does it."""
        return _said()[kind].button

    def result(self, kind: str, count: int, named: str, *, is_undone: bool) -> str:
        """What was done, or that it was taken back."""
        if is_undone:
            return _("Taken back: %(who)s") % {"who": self._who(count)}
        return _said()[kind].done % {"who": self._who(count), "named": named}

    def undo(self, kind: str, count: int) -> str:
        """What taking it back will do."""
        return _said()[kind].taken_back

    def stay(self, count: int) -> str:
        """ "3 Personen bleiben, wie sie sind"."""
        if self.is_people:
            told = ngettext("%(n)s person stays as they are", "%(n)s people stay as they are",
                            count)  # fmt: skip
        else:
            told = ngettext(
                "%(n)s organisation stays as it is", "%(n)s organisations stay as they are", count
            )
        return told % {"n": number(count)}

    def named(self, kind: str, argument: str) -> str:
        """The argument in words."""
        if kind in (ADD_REGION, REMOVE_REGION):
            return region_name(argument)
        if kind == SET_PROFESSION:
            return profession_name(argument)
        if kind == SET_KIND and argument in PartnerKind.values:
            return str(PartnerKind(argument).label)
        return argument

    def _who(self, count: int) -> str:
        if self.is_people:
            told = ngettext("%(n)s person", "%(n)s people", count)
        else:
            told = ngettext("%(n)s organisation", "%(n)s organisations", count)
        return told % {"n": number(count)}


ORGANISATION_WORDS = PartnerWords(
    (CONFIRM, ADD_TAG, LEAVE, JOIN, ADD_REGION, REMOVE_REGION, SET_KIND, REMOVE_TAG),
    is_people=False,
)
PEOPLE_WORDS = PartnerWords(
    (CONFIRM, ADD_TAG, LEAVE, SET_PROFESSION, REMOVE_TAG),
    is_people=True,
)
