"""Each bad file gets the answer that was judged right for it."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.tools.imports.readers.files import read_bytes
from knotenpunkt.tools.imports.tables import UnreadableFile
from tests.tools.imports.bad_files import REFUSED, USABLE, BadFile, book, packed, parts

KNOWN = {"Angebot", "Träger", "PLZ"}


@pytest.mark.parametrize("bad", REFUSED, ids=str)
def test_what_cannot_be_used_is_refused_with_a_reason(bad: BadFile) -> None:
    with override("de"), pytest.raises(UnreadableFile) as refused:
        read_bytes(bad.content(), KNOWN.__contains__)
    missing = [word for word in bad.says if word not in str(refused.value)]
    assert not missing, f"{refused.value} does not say {missing}"
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("bad", USABLE, ids=str)
def test_what_can_be_used_is_read(bad: BadFile) -> None:
    with override("de"):
        reading = read_bytes(bad.content(), KNOWN.__contains__)
    assert sum(len(table.rows) for table in reading.tables) == bad.rows
    told = " ".join(reading.left_out)
    assert all(word in told for word in bad.says), told


def test_a_formula_gives_what_it_came_to() -> None:
    formulas = next(bad for bad in USABLE if bad.what == "formulas")
    (table,) = read_bytes(formulas.content(), KNOWN.__contains__).tables
    assert table.rows[0].values["Angebot"] == "Stillcafé"


PLAIN = parts(book())


@given(st.sampled_from(sorted(PLAIN)), st.binary(max_size=300), st.integers(0, 3000))
def test_a_workbook_with_a_broken_part_is_read_or_refused(
    name: str, noise: bytes, place: int
) -> None:
    data = PLAIN[name]
    broken = data[: place % (len(data) + 1)] + noise + data[place % (len(data) + 1) :]
    try:
        read_bytes(packed(PLAIN | {name: broken}), KNOWN.__contains__)
    except UnreadableFile as refused:
        assert str(refused)


STARTS = (b"", b"PK\x03\x04", b"{", b"[", b'{"type":"FeatureCollection","features":[', b"\xff\xfe",
          b"Angebot;PLZ\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # fmt: skip


@given(st.sampled_from(STARTS), st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes) -> None:
    try:
        read_bytes(start + rest, KNOWN.__contains__)
    except UnreadableFile as refused:
        assert str(refused)
