"""The room that the tests stand in: what one of them leaves open is no other one's trouble."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse

from tests.conftest import answers_closed


def test_a_file_that_nobody_reads_is_closed() -> None:
    with answers_closed():
        answer = FileResponse(BytesIO(b"unread"))
        unread = answer.file_to_stream
        assert unread is not None and not unread.closed
    assert unread.closed
