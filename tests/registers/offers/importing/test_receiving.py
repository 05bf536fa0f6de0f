"""What is handed in: small and large, good and bad; never a server error."""

from __future__ import annotations

import io
import posixpath
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.importing.choices import GROUPS
from knotenpunkt.registers.offers.imports.fields import FIELD_KEYS
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.imports.desk import receiving, steps
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.registers.offers.importing.conftest import Desk
from tests.tools.imports.bad_files import REFUSED, USABLE, BadFile

pytestmark = pytest.mark.django_db

SMALL = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("bad", REFUSED, ids=str)
def test_a_bad_file_is_answered_on_the_form(bad: BadFile, desk: Desk) -> None:
    answer = desk.hand_in(bad.content(), bad.name)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="fehler"' in page and "data-focus" in page
    assert all(word in page for word in bad.says)
    assert desk.uploads() == 0
    with in_network(desk.network):
        assert not StoredFile.objects.exists()


@pytest.mark.parametrize("bad", [bad for bad in USABLE if "million" not in bad.what], ids=str)
def test_a_file_with_oddities_goes_on(bad: BadFile, desk: Desk) -> None:
    answer = desk.hand_in(bad.content(), bad.name)
    assert "Was steht in welcher Spalte?" in answer.content.decode()


def test_no_file_at_all_is_told(desk: Desk) -> None:
    answer = desk.client.post(desk.path("start"), {})
    assert "Bitte wählen Sie eine Datei." in answer.content.decode()


class Stream(io.RawIOBase):
    """Two hundred megabytes that nobody has to keep, and how much of them was asked for."""

    def __init__(self, size: int) -> None:
        self.left, self.largest = size, 0

    def read(self, size: int = -1) -> bytes:
        self.largest = max(self.largest, size if size >= 0 else self.left)
        count = self.left if size < 0 else min(size, self.left)
        self.left -= count
        return b"x" * count


def test_two_hundred_megabytes_pass_by_without_being_kept(desk: Desk) -> None:
    stream = Stream(200 * 1024 * 1024)
    answer = desk.client.generic(
        "POST", desk.path("start"), b"", content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(200 * 1024 * 1024)},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "größer als 20 Megabyte" in answer.content.decode()
    assert stream.left == 0 and stream.largest <= 64 * 1024


def test_a_file_that_hides_its_size_is_cut_off(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(receiving, "MAX_BYTES", 1000)
    answer = desk.hand_in(b"Angebot;Ort\n" + b"x" * 5000)
    assert answer.status_code == 200 and desk.uploads() == 0
    assert "Bitte wählen Sie eine Datei." in answer.content.decode()


def test_the_quota_stands_before_everything_that_reads_the_form() -> None:
    request = RequestFactory().post("/", {"x": "1"})
    seen: list[Any] = []

    @receiving.with_quota(lambda request: None)  # type: ignore[arg-type,return-value]
    def view(request: Any) -> Any:
        seen.extend(request.upload_handlers)

    view(request)
    assert [type(one) for one in seen] == [receiving.QuotaHandler]


def test_a_form_from_elsewhere_is_refused(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.client.cookies
    answer = strict.post(desk.path("start"), {"file": io.BytesIO(b"Angebot;Ort\nA;B\n")})
    assert answer.status_code == 403 and desk.uploads() == 0


def test_a_large_file_is_read_beside_the_pages(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(steps, "READ_AT_ONCE", 10)
    page = desk.hand_in("Angebot;Träger\nA;V\n".encode()).content.decode()
    assert "Ihre Liste wird gelesen" in page
    run_waiting()
    page = desk.get("upload", upload_id=desk.upload().pk).content.decode()
    assert "Was steht in welcher Spalte?" in page


def test_what_is_wrong_with_a_large_file_is_told(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(steps, "READ_AT_ONCE", 10)
    desk.hand_in(b'{"type": "FeatureCollection", ')
    run_waiting()
    page = desk.get("upload", upload_id=desk.upload().pk).content.decode()
    assert "Diese Datei lässt sich nicht lesen" in page and "JSON" in page


# A path without a file at its end cannot even be put into the request.
NAMES_OF_FILES = st.text(min_size=1, max_size=30).filter(
    lambda name: posixpath.basename(name) not in ("", ".", "..")
)


@SMALL
@given(content=st.binary(max_size=400), name=NAMES_OF_FILES)
def test_any_bytes_get_an_answer(desk: Desk, content: bytes, name: str) -> None:
    assert desk.hand_in(content, name).status_code in (200, 400)


CELLS = st.one_of(
    st.sampled_from(["", "Kita", "7768", "=1+1", "ja", "0-3", "Mo 9-11", "GrÃ¶ÃŸe", "\u202e"]),
    st.text(st.characters(exclude_characters='"\r\n;\0', exclude_categories=("Cs",)), max_size=12),
)  # fmt: skip
NAMES = st.one_of(st.sampled_from(["Angebot", "Träger", "PLZ", "ID", "Telefon", "Alter"]), CELLS)
CHOICES = st.sampled_from(["", "?", "title", "phones", "latitude", "age_groups", "nonsense"])


@SMALL
@given(
    header=st.lists(NAMES, min_size=1, max_size=6),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=6),
    choices=st.lists(CHOICES, max_size=6),
)
def test_any_table_goes_through_all_steps(
    desk: Desk, header: list[str], rows: list[list[str]], choices: list[str]
) -> None:
    content = "\n".join(";".join(row) for row in (header, *rows)).encode()
    answer = desk.hand_in(content)
    assert answer.status_code == 200
    if "Was steht in welcher Spalte?" not in answer.content.decode():
        return
    upload_id = desk.upload().pk
    told = {f"spalte-{place}": choice for place, choice in enumerate(choices)}
    desk.post("columns", {"weiter": "1", "blatt": "1", **told}, upload_id=upload_id)
    run_waiting()
    assert desk.get("check", "?zeilen=", upload_id=upload_id).status_code == 200
    assert desk.get("rejected", upload_id=upload_id).status_code == 200
    desk.post("import", {"state": "entwurf"}, upload_id=upload_id)
    run_waiting()
    assert desk.get("upload", upload_id=upload_id).status_code == 200


@SMALL
@given(query=st.dictionaries(st.sampled_from(["zeilen", "grund", "seite", "blatt", "zeile"]),
                             st.text(max_size=8)))  # fmt: skip
def test_any_address_gets_an_answer(desk: Desk, query: dict[str, str]) -> None:
    if desk.uploads() == 0:
        desk.checked("Angebot;Träger\nA;V\n;V\n".encode())
    upload_id = desk.upload().pk
    for name in ("columns", "check"):
        path = desk.path(name, upload_id=upload_id)
        assert desk.client.get(path, query).status_code == 200
    assert desk.client.get(desk.path("runs"), query).status_code == 200


def test_every_field_can_be_chosen_once() -> None:
    offered = [key for _name, keys in GROUPS for key in keys]
    assert sorted(offered) == sorted(FIELD_KEYS)


def test_nobody_else_sees_the_file(desk_of: Any, network_b: Network) -> None:
    desk_of("petra").hand_in(b"Angebot;Ort\nA;Freiberg\n")
    upload = desk_of("petra").upload()
    for name, code in (("birgit", 403), ("frida", 403), ("carla", 404), ("ede", 200)):
        assert desk_of(name).get("columns", upload_id=upload.pk).status_code == code
