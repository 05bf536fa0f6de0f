"""How one deed on many offers is said: before it happens, afterwards, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.offers.bulk.kinds import (
    ADD_TOPIC,
    CHECKED,
    PUBLISH,
    REMOVE_TOPIC,
    WITHDRAW,
)
from knotenpunkt.registers.offers.queries import topics

Counted = Mapping[str, Callable[[int], str]]


class OfferWords:
    """What is said of offers."""

    @property
    def these(self) -> str:
        return _("These offers")

    @property
    def pick_first(self) -> str:
        return _("Please pick offers first.")

    @property
    def label(self) -> str:
        return _("What to do with the picked offers")

    @property
    def picked(self) -> str:
        return _("Picked offers")

    def stay(self, count: int) -> str:
        told = ngettext("%(n)s offer stays as it is", "%(n)s offers stay as they are", count)
        return told % {"n": number(count)}

    def named(self, kind: str, argument: str) -> str:
        """The name of the topic."""
        found = (topic.name for topic in topics() if topic.key == argument)
        return next(found, argument) if argument else ""

    def buttons(self) -> list[tuple[str, str]]:
        """The deeds above the list; the last two ask for a topic."""
        return [
            (PUBLISH, _("Publish")),
            (WITHDRAW, _("Withdraw")),
            (CHECKED, _("Checked today")),
            (ADD_TOPIC, _("Add a topic …")),
            (REMOVE_TOPIC, _("Remove a topic …")),
        ]

    def question(self, kind: str, count: int, named: str) -> str:
        """ "3 Angebote veröffentlichen?"."""
        told: Counted = {
            PUBLISH: lambda n: ngettext("Publish %(n)s offer?", "Publish %(n)s offers?", n),
            WITHDRAW: lambda n: ngettext("Withdraw %(n)s offer?", "Withdraw %(n)s offers?", n),
            CHECKED: lambda n: ngettext(
                "Mark %(n)s offer as checked today?", "Mark %(n)s offers as checked today?", n
            ),
            ADD_TOPIC: lambda n: ngettext(
                "Add the topic “%(topic)s” to %(n)s offer?",
                "Add the topic “%(topic)s” to %(n)s offers?",
                n,
            ),
            REMOVE_TOPIC: lambda n: ngettext(
                "Remove the topic “%(topic)s” from %(n)s offer?",
                "Remove the topic “%(topic)s” from %(n)s offers?",
                n,
            ),
        }
        return told[kind](count) % {"n": number(count), "topic": named}

    def asking(self, kind: str, count: int) -> str:
        """The heading of the page that asks for the topic."""
        if kind == ADD_TOPIC:
            told = ngettext("Add a topic to %(n)s offer", "Add a topic to %(n)s offers", count)
        else:
            told = ngettext(
                "Remove a topic from %(n)s offer", "Remove a topic from %(n)s offers", count
            )
        return told % {"n": number(count)}

    def consequence(self, kind: str, named: str) -> str:
        """What it means for families."""
        return {
            PUBLISH: _(
                "Families find them in the search at once, with the providers and contacts behind "
                "them."
            ),
            WITHDRAW: _("Families do not find them any more. Nothing of them is lost."),
            CHECKED: _(
                "Families read that all of it was checked today. Please do this only if you or the "
                "provider have looked at it."
            ),
            ADD_TOPIC: _("Families find them by this topic, too."),
            REMOVE_TOPIC: _("Families do not find them by this topic any more."),
        }[kind]

    def button(self, kind: str, count: int) -> str:
        """What the button says that does it."""
        told: Counted = {
            PUBLISH: lambda n: ngettext("Publish %(n)s offer", "Publish %(n)s offers", n),
            WITHDRAW: lambda n: ngettext("Withdraw %(n)s offer", "Withdraw %(n)s offers", n),
            CHECKED: lambda n: ngettext(
                "Mark %(n)s offer as checked", "Mark %(n)s offers as checked", n
            ),
            ADD_TOPIC: lambda n: ngettext(
                "Add the topic to %(n)s offer", "Add the topic to %(n)s offers", n
            ),
            REMOVE_TOPIC: lambda n: ngettext(
                "Remove the topic from %(n)s offer", "Remove the topic from %(n)s offers", n
            ),
        }
        return told[kind](count) % {"n": number(count)}

    def result(self, kind: str, count: int, named: str, *, is_undone: bool) -> str:
        """ "3 Angebote sind veröffentlicht", or that it was taken back."""
        if is_undone:
            told = ngettext("Taken back for %(n)s offer", "Taken back for %(n)s offers", count)
            return told % {"n": number(count)}
        said: Counted = {
            PUBLISH: lambda n: ngettext(
                "%(n)s offer is published", "%(n)s offers are published", n
            ),
            WITHDRAW: lambda n: ngettext(
                "%(n)s offer is withdrawn", "%(n)s offers are withdrawn", n
            ),
            CHECKED: lambda n: ngettext(
                "%(n)s offer carries today's date", "%(n)s offers carry today's date", n
            ),
            ADD_TOPIC: lambda n: ngettext(
                "%(n)s offer has the topic “%(topic)s” now",
                "%(n)s offers have the topic “%(topic)s” now",
                n,
            ),
            REMOVE_TOPIC: lambda n: ngettext(
                "%(n)s offer does not have the topic “%(topic)s” any more",
                "%(n)s offers do not have the topic “%(topic)s” any more",
                n,
            ),
        }
        return said[kind](count) % {"n": number(count), "topic": named}

    def undo(self, kind: str, count: int) -> str:
        """What taking it back will do."""
        told: Counted = {
            PUBLISH: lambda n: ngettext(
                "%(n)s offer becomes what it was before: a draft or withdrawn.",
                "%(n)s offers become what they were before: drafts or withdrawn.",
                n,
            ),
            WITHDRAW: lambda n: ngettext(
                "%(n)s offer is published again.", "%(n)s offers are published again.", n
            ),
            CHECKED: lambda n: ngettext(
                "%(n)s offer gets back the date it had before.",
                "%(n)s offers get back the dates they had before.",
                n,
            ),
            ADD_TOPIC: lambda n: ngettext(
                "%(n)s offer loses the topic again.", "%(n)s offers lose the topic again.", n
            ),
            REMOVE_TOPIC: lambda n: ngettext(
                "%(n)s offer gets the topic back.", "%(n)s offers get the topic back.", n
            ),
        }
        return told[kind](count) % {"n": number(count)}
