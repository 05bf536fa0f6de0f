"""What speaks for a pair and against it, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotenpunkt.registers.partners.duplicates.candidates import CERTAIN, LIKELY, Reason

WORDS = {
    Reason.SAME_MAIL: gettext_lazy("Same e-mail address"),
    Reason.SAME_PHONE: gettext_lazy("Same telephone number"),
    Reason.SAME_WEBSITE: gettext_lazy("Same website"),
    Reason.SAME_NAME: gettext_lazy("Same name"),
    Reason.LIKE_NAME: gettext_lazy("Name written almost the same"),
    Reason.SAME_INITIAL: gettext_lazy("Same first letter of the given name"),
    Reason.SAME_HOUSE: gettext_lazy("Same street and house number"),
    Reason.NEXT_HOUSE: gettext_lazy("Same street, neighbouring house number"),
    Reason.SAME_STREET: gettext_lazy("Same street"),
    Reason.SAME_TOWN: gettext_lazy("Same town"),
    Reason.SAME_ABOVE: gettext_lazy("Belongs to the same organisation"),
    Reason.SAME_FACT: gettext_lazy("Another mark is the same"),
    Reason.OTHER_NAME: gettext_lazy("Other name"),
    Reason.OTHER_TOWN: gettext_lazy("Other town"),
    Reason.OTHER_STREET: gettext_lazy("Other street"),
    Reason.OTHER_ABOVE: gettext_lazy("Belongs to another organisation"),
    Reason.OTHER_PHONE: gettext_lazy("Other telephone number"),
    Reason.OTHER_FACT: gettext_lazy("Another mark differs"),
}


def words(reasons: Iterable[Reason]) -> list[str]:
    """Each reason as it stands alone."""
    return [str(WORDS[one]) for one in reasons]


def because(reasons: Iterable[Reason]) -> str:
    """The reasons in one line, as they follow a title."""
    told = words(reasons)
    return ", ".join(told) if told else _("Name written almost the same")


def estimate(score: float) -> str:
    """How sure we are."""
    if score >= CERTAIN:
        return _("All but certain")
    return _("Very likely") if score >= LIKELY else _("Possible")


def bars(score: float) -> int:
    """The same as one to five bars."""
    return 5 if score >= CERTAIN else 4 if score >= LIKELY + 0.08 else 3 if score >= LIKELY else 2
