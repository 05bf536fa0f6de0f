"""The room that the tests stand in: what one of them leaves open is no other one's trouble."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.http import FileResponse

from scripts.run_tests import verdict
from tests.conftest import answers_closed


def test_a_file_that_nobody_reads_is_closed() -> None:
    with answers_closed():
        answer = FileResponse(BytesIO(b"unread"))
        unread = answer.file_to_stream
        assert unread is not None and not unread.closed
    assert unread.closed


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ([0, 0, 0, 0], 0),
        ([0, 1, 0, 0], 1),
        ([0, 0, -9, 0], -9),  # killed
        ([5, 0, 5, 0], 0),  # the words left two rounds without a test
        ([5, 5, 5, 5], 5),
        ([5, 2, 5, 5], 2),
    ],
)
def test_no_round_fails_unseen(ended: list[int], expected: int) -> None:
    assert verdict(ended) == expected
