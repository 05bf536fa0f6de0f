"""What each finding is called, why it matters to families, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knotenpunkt.foundation.core.spoken import number
from knotenpunkt.registers.offers.findings import Tally

# From which part of the offers on their state is called how.
NEARLY_ALL, MOST, HALF, SOME = 0.9, 0.66, 0.4, 0.1


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words: counted, as the name of a filter, for families, and how it is mended."""

    counted: Callable[[int], str]
    name: Promise
    why: Promise
    mend: Promise


def sentence(key: str, count: int) -> str:
    """ "23 Angebote nennen niemanden, den Familien erreichen"; it begins with the number."""
    return WORDS[key].counted(count) % {"n": number(count)}


def overall(tally: Tally) -> str:
    """How things stand, in words: a mark would only shame somebody."""
    if not tally.offers:
        return _("There is no offer to look at yet.")
    part = tally.sound / tally.offers
    if part >= NEARLY_ALL:
        how = _("Nearly all offers tell families what they need.")
    elif part >= MOST:
        how = _("Most offers tell families what they need.")
    elif part >= HALF:
        how = _("About half of the offers tell families what they need.")
    elif part >= SOME:
        how = _("Many offers still leave families with questions.")
    else:
        how = _("Hardly any offer tells families yet what they need.")
    count = ngettext(
        "%(sound)s of %(all)s offer: whom to reach, where, when, for what age and at what cost.",
        "%(sound)s of %(all)s offers: whom to reach, where, when, for what age and at what cost.",
        tally.offers,
    )
    return f"{how} {count % {'sound': number(tally.sound), 'all': number(tally.offers)}}"


WORDS = {
    "nicht-erreichbar": Said(
        lambda n: ngettext(
            "%(n)s offer names nobody whom families can reach",
            "%(n)s offers name nobody whom families can reach",
            n,
        ),
        gettext_lazy("Nobody can be reached"),
        gettext_lazy(
            "Without a telephone number, an e-mail address or a website the way ends here."
        ),
        gettext_lazy("Add a telephone number"),
    ),
    "ohne-ort": Said(
        lambda n: ngettext(
            "%(n)s offer has no place on the map", "%(n)s offers have no place on the map", n
        ),
        gettext_lazy("Without a place"),
        gettext_lazy("Who searches near their home does not find it."),
        gettext_lazy("Add the place"),
    ),
    "ohne-zeiten": Said(
        lambda n: ngettext(
            "%(n)s offer does not say when it takes place",
            "%(n)s offers do not say when they take place",
            n,
        ),
        gettext_lazy("Without times"),
        gettext_lazy("Families do not know when to come, and do not find it by the day."),
        gettext_lazy("Add times, or “by appointment”"),
    ),
    "ohne-alter": Said(
        lambda n: ngettext(
            "%(n)s offer does not say for what age it is",
            "%(n)s offers do not say for what age they are",
            n,
        ),
        gettext_lazy("Without an age"),
        gettext_lazy("Who looks for something for a baby cannot tell whether it fits."),
        gettext_lazy("Add the age"),
    ),
    "kosten-unklar": Said(
        lambda n: ngettext(
            "%(n)s offer does not say what it costs", "%(n)s offers do not say what they cost", n
        ),
        gettext_lazy("Costs unknown"),
        gettext_lazy("Those who have little money stay away rather than ask."),
        gettext_lazy("Add the costs"),
    ),
    "nicht-geprueft": Said(
        lambda n: ngettext(
            "%(n)s offer was not checked for a year, or never",
            "%(n)s offers were not checked for a year, or never",
            n,
        ),
        gettext_lazy("Long unchecked, or never"),
        gettext_lazy("Who stands before a closed door with a pram does not come again."),
        gettext_lazy("Check it"),
    ),
    "ohne-telefon": Said(
        lambda n: ngettext(
            "%(n)s offer can only be reached in writing",
            "%(n)s offers can only be reached in writing",
            n,
        ),
        gettext_lazy("Without a telephone number"),
        gettext_lazy("In need, people call. Not everyone writes German well."),
        gettext_lazy("Add a telephone number"),
    ),
    "ohne-thema": Said(
        lambda n: ngettext("%(n)s offer has no topic", "%(n)s offers have no topic", n),
        gettext_lazy("Without a topic"),
        gettext_lazy("Families do not find it by topic, and fewer of their words lead there."),
        gettext_lazy("Choose topics"),
    ),
    "ohne-text": Said(
        lambda n: ngettext(
            "%(n)s offer hardly has a description", "%(n)s offers hardly have a description", n
        ),
        gettext_lazy("Hardly a description"),
        gettext_lazy(
            "What nobody describes, nobody can imagine. The search finds it less often, too."
        ),
        gettext_lazy("Describe it"),
    ),
    "kaputte-umlaute": Said(
        lambda n: ngettext("%(n)s offer has broken letters", "%(n)s offers have broken letters", n),
        gettext_lazy("Broken letters"),
        gettext_lazy("“GrÃ¶ÃŸe” instead of “Größe” is hard to read and looks careless."),
        gettext_lazy("Mend the text"),
    ),
    "webadresse": Said(
        lambda n: ngettext(
            "%(n)s offer has a web address that does not open",
            "%(n)s offers have a web address that does not open",
            n,
        ),
        gettext_lazy("Web address does not open"),
        gettext_lazy("A tap on it leads nowhere."),
        gettext_lazy("Mend the web address"),
    ),
    "anbieter-ohne-kontakt": Said(
        lambda n: ngettext(
            "%(n)s offer has a provider whom you cannot reach yourself either",
            "%(n)s offers have a provider whom you cannot reach yourself either",
            n,
        ),
        gettext_lazy("Provider without contact"),
        gettext_lazy("You cannot ask whether everything is still right."),
        gettext_lazy("Add a contact"),
    ),
    "doppelt": Said(
        lambda n: ngettext(
            "%(n)s offer seems to be there twice", "%(n)s offers seem to be there twice", n
        ),
        gettext_lazy("Perhaps there twice"),
        gettext_lazy("Two entries of one offer soon contradict each other."),
        gettext_lazy("Compare"),
    ),
}
