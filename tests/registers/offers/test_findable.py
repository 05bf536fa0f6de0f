"""What of an offer the search knows."""

from __future__ import annotations

import pytest

from knotenpunkt.registers.offers.findable import phases_of_ages


@pytest.mark.parametrize(
    ("age_from", "age_to", "phases"),
    [
        (None, None, []),
        (0, 12, ["0-1"]),
        (0, 36, ["0-1", "1-3"]),
        (36, 72, ["3-6"]),
        (6, None, ["0-1", "1-3", "3-6", "6-10", "10-14", "14-18"]),
        (None, 36, ["0-1", "1-3"]),
        (12, 12, ["1-3"]),
        (0, 0, ["0-1"]),
    ],
)
def test_an_age_range_touches_phases(
    age_from: int | None, age_to: int | None, phases: list[str]
) -> None:
    assert phases_of_ages(age_from, age_to) == phases
