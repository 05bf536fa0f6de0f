"""Each rule in words: its name, and why it helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as somebody at the desk reads it."""

    name: str | Promise
    why: str | Promise


RULES: Mapping[str, Rule] = {
    "abbreviation": Rule(
        _("Short form"), _("Many people do not know what it stands for. Write it out.")
    ),
    "negation": Rule(
        _("Says what is not"), _("A “not” is easily overlooked. Say what is, if you can.")
    ),
    "subjunctive": Rule(
        _("Says what might be"), _("Say it straight: what is, or what somebody may do.")
    ),
    "passive": Rule(_("Says not who does it"), _("Name who does it: “we”, “you”, “the midwife”.")),
    "genitive": Rule(_("Second case"), _("With “von” it is easier to read.")),
    "compound": Rule(_("Long word"), _("A hyphen shows the words that it is made of.")),
    "long_sentence": Rule(
        _("Long sentence"), _("Make two of it: one thought each, about eight words.")
    ),
    "many_sentences": Rule(
        _("Several sentences in a line"), _("Each sentence begins on a line of its own.")
    ),
    "sign": Rule(_("Sign"), _("Signs and brackets are hard to read. Words are clearer.")),
    "number_word": Rule(_("Number as a word"), _("Figures are read faster than words.")),
    "high_number": Rule(_("High number"), _("Hardly anybody can picture it. Say “many”.")),
    "percent": Rule(_("Percent"), _("Many people cannot work with percentages.")),
    "date": Rule(_("Date in figures"), _("With the name of the month it cannot be mistaken.")),
    "foreign": Rule(_("Foreign word"), _("Not everybody knows this word.")),
    "difficult": Rule(_("Hard word"), _("There is an easier word, or a short sentence.")),
    "reader": Rule(_("Speaks about the readers"), _("Speak to them: “Sie”.")),
    "reader_missing": Rule(
        _("Nobody is spoken to"), _("Speak to the readers, so that they know: this is for me.")
    ),
    "impersonal": Rule(_("“man”"), _("It stays unclear who is meant. Say “Sie” or “we”.")),
    "same_word": Rule(
        _("Another word for the same"), _("The same thing always has the same name.")
    ),
    "list": Rule(_("Three things or more"), _("Below each other they are easier to read.")),
    "shouting": Rule(_("All in capitals"), _("Capitals alone are hard to read.")),
    "hyphenation": Rule(_("Word is cut"), _("Keep the word together, on the next line.")),
}
