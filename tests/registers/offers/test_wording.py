from __future__ import annotations

from datetime import time

import pytest
from django.utils import translation

from knotenpunkt.registers.offers.models import Frequency, Offer, Schedule
from knotenpunkt.registers.offers.wording import audience, repeats

BEFORE = ["pregnancy"]
FIRST_YEAR = ["pregnancy", "0-1"]


@pytest.mark.parametrize(
    ("age_from", "age_to", "phases", "german", "english"),
    [
        (0, 36, [], "Kinder bis 3 Jahre", "Children up to 3 years"),
        (6, None, [], "Kinder ab 6 Monaten", "Children aged 6 months and over"),
        (144, 216, [], "Jugendliche 12 bis 18 Jahre", "Young people 12 to 18 years"),
        (None, None, [], "", ""),
        (0, 12, FIRST_YEAR, "Schwangere und Kinder bis 1 Jahr",
         "Pregnant women and children up to 1 year"),
        (0, 0, BEFORE, "Schwangere", "Pregnant women"),
        (None, None, BEFORE, "Schwangere", "Pregnant women"),
        (None, None, FIRST_YEAR, "Schwangere und Familien", "Pregnant women and families"),
    ],
)  # fmt: skip
def test_whom_an_offer_is_for(
    age_from: int | None, age_to: int | None, phases: list[str], german: str, english: str
) -> None:
    offer = Offer(age_from=age_from, age_to=age_to, phases=phases)
    with translation.override("de"):
        assert audience(offer) == german
    with translation.override("en"):
        assert audience(offer) == english


@pytest.mark.parametrize(
    ("nth", "said"),
    [(2, "jeden zweiten Mittwoch im Monat, 9–11 Uhr"),
     (-1, "jeden letzten Mittwoch im Monat, 9–11 Uhr")],
)  # fmt: skip
def test_a_day_of_the_month(nth: int, said: str) -> None:
    schedule = Schedule(
        frequency=Frequency.MONTHLY, weekday=2, nth=nth, starts_at=time(9), ends_at=time(11)
    )
    with translation.override("de"):
        assert repeats(schedule) == said
