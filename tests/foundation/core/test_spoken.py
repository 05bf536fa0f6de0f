from __future__ import annotations

import pytest
from django.utils import translation

from knotenpunkt.foundation.core import spoken


@pytest.mark.parametrize(
    ("youngest", "oldest", "german", "english"),
    [
        (None, None, "", ""),
        (0, None, "", ""),
        (0, 0, "", ""),
        (0, 1, "bis 1 Monat", "up to 1 month"),
        (None, 12, "bis 1 Jahr", "up to 1 year"),
        (0, 18, "bis 18 Monate", "up to 18 months"),
        (0, 36, "bis 3 Jahre", "up to 3 years"),
        (1, None, "ab 1 Monat", "aged 1 month and over"),
        (6, None, "ab 6 Monaten", "aged 6 months and over"),
        (12, None, "ab 1 Jahr", "aged 1 year and over"),
        (36, None, "ab 3 Jahren", "aged 3 years and over"),
        (3, 9, "3 bis 9 Monate", "3 to 9 months"),
        (6, 12, "6 bis 12 Monate", "6 to 12 months"),
        (12, 18, "12 bis 18 Monate", "12 to 18 months"),
        (6, 36, "6 Monate bis 3 Jahre", "6 months to 3 years"),
        (30, 84, "2 bis 7 Jahre", "2 to 7 years"),
        (36, 72, "3 bis 6 Jahre", "3 to 6 years"),
        (36, 47, "3 Jahre", "3 years"),
    ],
)
def test_ages_are_said_as_people_say_them(
    youngest: int | None, oldest: int | None, german: str, english: str
) -> None:
    with translation.override("de"):
        assert spoken.ages(youngest, oldest) == german
    with translation.override("en"):
        assert spoken.ages(youngest, oldest) == english


@pytest.mark.parametrize(
    ("months", "said"),
    [(1, "1 Monat"), (8, "8 Monate"), (12, "1 Jahr"), (18, "18 Monate"), (40, "3 Jahre")],
)
def test_an_age_is_said_in_months_while_parents_count_them(months: int, said: str) -> None:
    with translation.override("de"):
        assert spoken.age(months) == said
