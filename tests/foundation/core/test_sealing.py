"""Sealed values: only the right key opens them, only in their place, and nothing leaks."""

from __future__ import annotations

import json
import stat
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from knotenpunkt.foundation.core import sealing
from knotenpunkt.foundation.core.sealing import (
    Unreadable,
    add_master_key,
    blind_index,
    blind_indexes,
    seal,
    unseal,
    version_of,
)

PLACE = "inbox.Concern.phone:8d0f"
TEXTS = st.text(st.characters(codec="utf-8"))
# Made once with the key below: what an earlier version sealed must open for ever.
KNOWN_KEY = bytes(range(32))
KNOWN = bytes.fromhex(
    "010131429a3d7140ffba01afc9c0d2dafb27beb736edd1ab29fa28cb11f6df169d6619670dcab94f"
    "aa6fbb9fac0ccc70b65de1c5d4ae8831fb3f6c5c3bfd71e1034e36600482603004410907e59d91f4"
    "e4087c4f526433ba2045b50fe5b08625266f23cc6b9facbf2b094dcb76668387"
)
KNOWN_INDEX = "2925937af2816361248dba1f52f66cc94b1ed63006b482596693fd9c6a1baf8f"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "keys" / "master.json"
    with override_settings(MASTER_KEY_FILE=file):
        yield file


def write(file: Path, keys: dict[str, bytes], current: str = "1") -> None:
    file.parent.mkdir(exist_ok=True)
    encoded = {name: b64encode(key).decode() for name, key in keys.items()}
    file.write_text(json.dumps({"current": current, "keys": encoded}), encoding="utf-8")


def test_what_is_sealed_opens_again_in_its_place() -> None:
    sealed = seal("+49 3731 555 010", about=PLACE)
    assert unseal(sealed, about=PLACE) == "+49 3731 555 010"
    assert b"3731" not in sealed


def test_the_key_is_made_on_first_use_for_its_owner_only(key_file: Path) -> None:
    assert not key_file.exists()
    seal("x", about=PLACE)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file.parent.stat().st_mode) == 0o700
    assert json.loads(key_file.read_text(encoding="utf-8"))["current"] == "1"
    assert list(key_file.parent.iterdir()) == [key_file]  # no draft is left


def test_a_value_of_an_earlier_version_opens(key_file: Path) -> None:
    write(key_file, {"1": KNOWN_KEY})
    assert unseal(KNOWN, about=PLACE) == "Grüße, 03731 555010"
    assert blind_index("+493731555010", purpose="inbox.phone") == KNOWN_INDEX


def test_equal_texts_look_different() -> None:
    assert seal("x", about=PLACE) != seal("x", about=PLACE)


@pytest.mark.parametrize("other", ["inbox.Concern.phone:8d10", "inbox.Concern.name:8d0f", ""])
def test_a_value_moved_to_another_place_is_refused(other: str) -> None:
    sealed = seal("x", about=PLACE)
    with pytest.raises(Unreadable, match="moved here"):
        unseal(sealed, about=other)


def test_each_changed_byte_is_noticed() -> None:
    sealed = seal("Anna", about=PLACE)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(Unreadable):
            unseal(changed, about=PLACE)


@given(st.binary(max_size=200))
def test_other_bytes_are_told_and_break_nothing(noise: bytes) -> None:
    add_master_key()
    with pytest.raises(Unreadable):
        unseal(noise, about=PLACE)


def test_a_shortened_value_is_told() -> None:
    sealed = seal("Anna", about=PLACE)
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            unseal(sealed[:length], about=PLACE)


def test_a_new_version_seals_and_the_old_one_still_opens() -> None:
    old = seal("alt", about=PLACE)
    assert add_master_key() == "2"
    new = seal("neu", about=PLACE)
    assert (version_of(old), version_of(new)) == ("1", "2")
    assert (unseal(old, about=PLACE), unseal(new, about=PLACE)) == ("alt", "neu")


def test_a_new_version_stays_readable_by_its_owner_only(key_file: Path) -> None:
    add_master_key()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert list(key_file.parent.iterdir()) == [key_file]


def test_a_version_that_is_gone_is_named(key_file: Path) -> None:
    sealed = seal("x", about=PLACE)
    write(key_file, {"2": KNOWN_KEY}, current="2")
    with pytest.raises(Unreadable, match="version 1 is missing"):
        unseal(sealed, about=PLACE)


def test_reading_makes_no_new_key(key_file: Path) -> None:
    """A new one would open nothing and hide that the old one is missing."""
    sealed = seal("x", about=PLACE)
    key_file.unlink()
    with pytest.raises(Unreadable, match="cannot be read"):
        unseal(sealed, about=PLACE)
    assert not key_file.exists()


def test_another_installations_key_opens_nothing(key_file: Path) -> None:
    sealed = seal("x", about=PLACE)
    write(key_file, {"1": KNOWN_KEY})
    with pytest.raises(Unreadable, match="another key"):
        unseal(sealed, about=PLACE)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '"x"', '{"current": "1", "keys": {}}', '{"keys": []}',
                '{"current": "1", "keys": {"1": "c2hvcnQ="}}', '{"current": "1", "keys": null}']
)  # fmt: skip
def test_a_damaged_key_file_is_told_without_its_content(key_file: Path, content: str) -> None:
    key_file.parent.mkdir()
    key_file.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match="damaged"):
        seal("x", about=PLACE)
    assert key_file.read_text(encoding="utf-8") == content  # nothing is overwritten


def test_the_keys_do_not_show_in_a_traceback(key_file: Path) -> None:
    write(key_file, {"1": KNOWN_KEY})
    assert "keys" not in repr(sealing._master_keys(make=False))


def test_an_index_tells_equal_from_different_and_nothing_else() -> None:
    first, again = (blind_index("+493731555010", purpose="inbox.phone") for _ in range(2))
    assert first == again
    assert first != blind_index("+493731555011", purpose="inbox.phone")
    assert first != blind_index("+493731555010", purpose="notes.who")
    assert "555010" not in first


def test_an_index_of_an_older_key_is_still_found() -> None:
    old = blind_index("Anna", purpose="notes.who")
    add_master_key()
    assert blind_index("Anna", purpose="notes.who") != old
    assert old in blind_indexes("Anna", purpose="notes.who")


@given(text=TEXTS, about=TEXTS)
def test_every_text_comes_back(text: str, about: str) -> None:
    assert unseal(seal(text, about=about), about=about) == text
