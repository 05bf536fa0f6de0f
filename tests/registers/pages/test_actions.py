from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from knotenpunkt.foundation.accounts.actions import add_member
from knotenpunkt.foundation.accounts.actors import Actor, Person, System
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.pages.actions import (
    prepare_pages,
    remove_help_number,
    save_help_number,
    save_page,
    sign_page,
)
from knotenpunkt.registers.pages.models import HelpNumber, LegalPage, PageKind


@pytest.fixture
def petra(inside_a: Network) -> Actor:
    return _member("Petra", Role.COORDINATOR)


@pytest.fixture
def birgit(inside_a: Network) -> Actor:
    return _member("Birgit", Role.READER)


def _member(name: str, role: Role) -> Actor:
    member, _is_new = add_member(
        actor=System("test"),
        email=f"{name.lower()}@example.org",
        name=name,
        role=role,
        password="long-enough-for-one",
    )
    return Person(member.user, role)


def test_a_network_begins_with_pages_and_numbers(inside_a: Network) -> None:
    prepare_pages(inside_a)
    assert LegalPage.objects.filter(language="de").count() == len(PageKind)
    assert LegalPage.objects.filter(language="en").count() == len(PageKind)
    assert HelpNumber.objects.count() == 8
    assert not LegalPage.objects.exclude(signed_at=None).exists()


def test_preparing_again_keeps_what_people_wrote(inside_a: Network, petra: Actor) -> None:
    prepare_pages(inside_a)
    save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Unser Text")
    HelpNumber.objects.exclude(number="112").delete()
    prepare_pages(inside_a)
    assert LegalPage.objects.get(kind="imprint", language="de").body == "Unser Text"
    assert HelpNumber.objects.get().number == "112"
    assert LegalPage.objects.count() == 2 * len(PageKind)


def test_each_network_has_its_own(network_a: Network, network_b: Network) -> None:
    prepare_pages(network_a)
    with in_network(network_b):
        assert not LegalPage.objects.exists()
        assert not HelpNumber.objects.exists()


def test_a_person_signs_a_page(inside_a: Network, petra: Actor) -> None:
    page = save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Text")
    assert not page.is_signed
    sign_page(actor=petra, page=page)
    page.refresh_from_db()
    assert page.is_signed and page.signed_by == "Petra"


def test_a_changed_text_has_to_be_signed_anew(inside_a: Network, petra: Actor) -> None:
    page = save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Text")
    sign_page(actor=petra, page=page)
    same = save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Text ")
    assert same.is_signed
    changed = save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Neu")
    assert not changed.is_signed and changed.signed_by == ""


def test_the_system_never_signs(inside_a: Network, system: Actor) -> None:
    page = save_page(actor=system, kind="imprint", language="de", title="Impressum", body="Text")
    with pytest.raises(PermissionDenied):
        sign_page(actor=system, page=page)


def test_readers_change_nothing(inside_a: Network, birgit: Actor, petra: Actor) -> None:
    page = save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Text")
    number = save_help_number(actor=petra, number="112", label="Notruf", group="emergency")
    with pytest.raises(PermissionDenied):
        save_page(actor=birgit, kind="imprint", language="de", title="x", body="y")
    with pytest.raises(PermissionDenied):
        sign_page(actor=birgit, page=page)
    with pytest.raises(PermissionDenied):
        save_help_number(actor=birgit, number="1", label="x", group="emergency")
    with pytest.raises(PermissionDenied):
        remove_help_number(actor=birgit, help_number=number)


@pytest.mark.parametrize(
    "values",
    [
        {"number": "call me", "label": "x", "group": "emergency"},
        {"number": "112", "label": "", "group": "emergency"},
        {"number": "112", "label": "x", "group": "other"},
    ],
)
def test_a_help_number_is_a_number(inside_a: Network, petra: Actor, values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        save_help_number(actor=petra, **values)


def test_a_number_stands_there_once(inside_a: Network, petra: Actor) -> None:
    save_help_number(actor=petra, number="112", label="Notruf", group="emergency")
    with pytest.raises(ValidationError):
        save_help_number(actor=petra, number="112", label="Noch einmal", group="emergency")


def test_deeds_are_on_record(inside_a: Network, petra: Actor) -> None:
    page = save_page(actor=petra, kind="imprint", language="de", title="Impressum", body="Text")
    sign_page(actor=petra, page=page)
    number = save_help_number(actor=petra, number="112", label="Notruf", group="emergency")
    remove_help_number(actor=petra, help_number=number)
    assert set(Entry.objects.values_list("deed", flat=True)) == {
        "pages.save_page", "pages.sign_page", "pages.save_help_number", "pages.remove_help_number",
    }  # fmt: skip
    assert not HelpNumber.objects.exists()
