"""What a family looks for, as it stands in the address: `?q=…&ort=…&alter=…`.

The address is the only memory the finder has: it can be shared, printed and opened without a
script. Reading it never fails; what cannot be understood is told and left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from unicodedata import category
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from knotenpunkt.registers.areas.models import Place
from knotenpunkt.registers.areas.postal_codes import Located, locate
from knotenpunkt.registers.offers.models import LifePhase
from knotenpunkt.registers.offers.times import DAYTIMES

LONGEST_TEXT = 300
# What is longer was not typed; looking at its beginning is enough.
MOST_TYPED = 4 * LONGEST_TEXT
# Control marks and halves of letters, which nothing can show or store.
UNSEEN = ("Cc", "Cs", "Cn")
MOST_DIGITS = 9
RADII_KM = (5, 10, 20, 50)
DEFAULT_RADIUS_KM = 20
YES = "ja"
NEAREST_FIRST = "nah"
# Stands in no word and needs no escape in an address.
BETWEEN_WORDS = "_"
MOST_PLAIN = 12
OLDEST_MONTHS = 27 * 12
AGE = re.compile(r"^(\d{1,3})\s*(m|monate?|months?|j|jahre?|years?)?$", re.IGNORECASE)

WEEKDAYS = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
TODAY, TOMORROW, WEEKEND = "heute", "morgen", "wochenende"
DAY_AFTER = "uebermorgen"
AHEAD = {TODAY: 0, TOMORROW: 1, DAY_AFTER: 2}
DAYS = (*AHEAD, WEEKEND, *WEEKDAYS)
TIMES = {"vormittag": "morning", "nachmittag": "afternoon", "abend": "evening"}


@dataclass(frozen=True, slots=True)
class Read:
    """A filter that was read from the text: its `words` as typed, and what it sets in the wish.

    `kind` is the name of the field that it sets first.
    """

    kind: str
    words: str
    sets: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. `age_months` counts the months of the child's life.

    What somebody typed becomes what is meant by `wishing.understand_wish`: then `read` says which
    filters come from the text, `meaning` is what is left of it, `named` the same with the places,
    which are part of names, and `typed` the wish as before.
    `plain` are words that shall stay words. `way` is the one way that comes to the family.
    """

    text: str = ""
    place_text: str = ""
    place: Located | None = None
    radius_km: int = DEFAULT_RADIUS_KM
    age_months: int | None = None
    phase: str = ""
    topic: str = ""
    language: str = ""
    free: bool = False
    step_free: bool = False
    no_way: bool = False
    day: str = ""
    time: str = ""
    nearest_first: bool = False
    plain: tuple[str, ...] = ()
    way: str = ""
    read: tuple[Read, ...] = ()
    meaning: str | None = None
    named: str = ""
    typed: Wish | None = field(default=None, compare=False)
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: the finder then shows what there is."""
        return self == Wish()

    @property
    def said(self) -> str:
        """The text without the words that became filters."""
        return self.text if self.meaning is None else self.meaning

    @property
    def explicit(self) -> Wish:
        """The wish as it was typed and ticked, without what was read from the text."""
        return self.typed or self

    def without(self, given_way: Collection[Read]) -> Wish:
        """This wish when some of what was read from the text does not count."""
        fresh = {name: getattr(self.explicit, name) for one in given_way for name, _v in one.sets}
        kept = tuple(one for one in self.read if one not in given_way)
        return replace(self, read=kept, **fresh)

    def on(self, today: date) -> date | None:
        """The one day that is meant by "heute" or "morgen"."""
        return today + timedelta(days=AHEAD[self.day]) if self.day in AHEAD else None

    def slots(self, today: date) -> frozenset[str]:
        """Weekdays with parts of the day, such as "0-morning"; empty when any time will do."""
        if not self.day and not self.time:
            return frozenset()
        day = self.on(today)
        weekdays = [day.weekday()] if day else _weekdays(self.day)
        times = [TIMES[self.time]] if self.time else list(DAYTIMES)
        return frozenset(f"{weekday}-{time}" for weekday in weekdays for time in times)

    def address_without(self, *names: str) -> str:
        """The query string without these fields, whether they were filled in or read."""
        plain = [one.words for one in self.read if {name for name, _value in one.sets} & {*names}]
        nothing = {name: getattr(Wish(), name) for name in names}
        return self.address(plain=(*self.plain, *plain), **nothing)

    def address(self, *, page: int = 1, **changes: object) -> str:
        """The query string of this wish, changed; "" when nothing is left of it.

        What was read from the text stands there already.
        """
        return query_string(replace(self.explicit, **changes), page)  # type: ignore[arg-type]


def _weekdays(day: str) -> list[int]:
    if day == WEEKEND:
        return [WEEKDAYS["sa"], WEEKDAYS["so"]]
    return [WEEKDAYS[day]] if day else list(WEEKDAYS.values())


def query_string(wish: Wish, page: int = 1) -> str:
    """ "?q=schreit&ort=09599" with only what differs from an empty wish."""
    values = {
        "q": wish.text,
        "ort": wish.place_text,
        "umkreis": "" if wish.radius_km == DEFAULT_RADIUS_KM else str(wish.radius_km),
        "alter": age_in_address(wish.age_months),
        "phase": wish.phase,
        "thema": wish.topic,
        "sprache": wish.language,
        "kostenlos": YES if wish.free else "",
        "stufenlos": YES if wish.step_free else "",
        "ohne-weg": YES if wish.no_way else "",
        "tag": wish.day,
        "zeit": wish.time,
        "sortierung": NEAREST_FIRST if wish.nearest_first else "",
        "wort": BETWEEN_WORDS.join(wish.plain),
        "seite": str(page) if page > 1 else "",
    }
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def age_in_address(months: int | None) -> str:
    """18 months are "18m", 36 months "3"."""
    if months is None:
        return ""
    return str(months // 12) if months and months % 12 == 0 else f"{months}m"


def read_wish(
    asked: Mapping[str, str],
    *,
    near_area_keys: Sequence[str],
    topics: Sequence[str],
    languages: Sequence[str],
) -> Wish:
    """Read an address. `topics` and `languages` are the keys that there are."""
    place_text = " ".join(asked.get("ort", "").split())[:80]
    place = locate(place_text, near_area_keys) if place_text else None
    months, age_problem = read_age(asked.get("alter", ""))
    problems = [age_problem] if age_problem else []
    if place_text and place is None:
        problems.append(_unknown_place(place_text))
    return Wish(
        text=tidy(asked.get("q", "")),
        place_text=place_text,
        place=place,
        radius_km=_known_radius(asked.get("umkreis", "")),
        age_months=months,
        phase=_known(asked.get("phase", ""), LifePhase.values),
        topic=_known(asked.get("thema", ""), topics),
        language=_known(asked.get("sprache", ""), languages),
        free=asked.get("kostenlos") == YES,
        step_free=asked.get("stufenlos") == YES,
        no_way=asked.get("ohne-weg") == YES,
        day=_known(asked.get("tag", ""), DAYS),
        time=_known(asked.get("zeit", ""), TIMES),
        nearest_first=asked.get("sortierung") == NEAREST_FIRST,
        plain=_plain(asked.get("wort", ""), asked.get("q", "")),
        problems=tuple(problems),
    )


def tidy(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text as it is searched for: one line, not too long, nothing that only a machine sees."""
    seen = "".join(" " if category(mark) in UNSEEN else mark for mark in text[:MOST_TYPED])
    return " ".join(seen.split())[:longest].rstrip()


def _plain(typed: str, text: str) -> tuple[str, ...]:
    """Words of the text that shall stay words: "mittwochs_Döbeln"."""
    said = (" ".join(one.split()) for one in typed[:LONGEST_TEXT].split(BETWEEN_WORDS))
    within = " ".join(text.split()).casefold()
    return tuple(dict.fromkeys(one for one in said if one and one.casefold() in within))[
        :MOST_PLAIN
    ]


def read_page(asked: str) -> int:
    """The number of a page; what is no number is the first."""
    digits = asked[:MOST_DIGITS]
    return int(digits) if digits.isascii() and digits.isdecimal() else 1


def _unknown_place(typed: str) -> str:
    told = _("We do not know the place “%(place)s”. Please check it, or type the postal code.")
    return told % {"place": typed}


def read_age(typed: str) -> tuple[int | None, str]:
    """Months of "18m" or "3" (years), and a sentence when it cannot be an age."""
    typed = typed.strip()
    if not typed:
        return None, ""
    match = AGE.match(typed)
    months = _months(int(match[1]), match[2]) if match else None
    if months is None or months > OLDEST_MONTHS:
        return None, _(
            "We did not understand the age “%(age)s”. Please write for example “3” or “18 months”."
        ) % {"age": typed[:20]}
    return months, ""


def _months(number: int, unit: str | None) -> int:
    return number if unit and unit[0].lower() == "m" else number * 12


def located(place: Place) -> Located | None:
    """A known place as the middle of a circle."""
    if place.latitude is None or place.longitude is None:
        return None
    return Located(
        place.latitude,
        place.longitude,
        place.postal_town,
        place.postal_code,
        place.town,
        approximate=place.is_approximate,
    )


def _known_radius(typed: str) -> int:
    return int(typed) if typed in map(str, RADII_KM) else DEFAULT_RADIUS_KM


def _known(value: str, known: Sequence[str] | Mapping[str, object]) -> str:
    return value if value in known else ""
