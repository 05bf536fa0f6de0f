"""Founding a network, changing it and giving roles: who may, what stays on record, what follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.models import Membership
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks import logos
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import WrongNetwork, in_network
from knotenpunkt.front.founding import change_network, found_network, give_role
from knotenpunkt.registers.areas.actions import draw_outlines, load_outlines
from knotenpunkt.registers.areas.models import Outline
from tests.conftest import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h{size}"/></svg>'


def deeds(name: str) -> list[Entry]:
    return list(Entry.objects.filter(deed=name).order_by("at"))


def logo(folder: Path, size: int = 1, name: str = "logo.svg") -> Path:
    file = folder / name
    file.write_text(SVG.format(size=size), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _data_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


# ── who may, and what stays on record ───────────────────────────────────────────────────────────


def test_the_founding_of_a_network_is_on_record(system: Actor) -> None:
    network = found_network(actor=system, slug="neu", name="Netz Neu")
    with in_network(network):
        (entry,) = deeds("networks.create")
    assert (entry.object_id, entry.title, entry.actor_label) == (network.pk, "Netz Neu", "test")


def test_no_person_founds_a_network(cast: Cast) -> None:
    for actor in (ANYONE, Person(cast.petra, Role.COORDINATOR)):
        with pytest.raises(PermissionDenied):
            found_network(actor=actor, slug="neu", name="Netz Neu")
    assert not Network.objects.filter(slug="neu").exists()


def test_a_change_of_a_network_is_on_record_without_copies_of_a_person(
    network_a: Network, cast: Cast
) -> None:
    petra = Person(cast.petra, Role.COORDINATOR)
    changed = {"accent": "#2f4b9a", "name": "Netzwerk Mitte", "contact_name": "Jana Wolfram"}
    change_network(actor=petra, network=network_a, **changed)
    change_network(actor=petra, network=network_a, **changed)
    with in_network(network_a):
        (entry,) = deeds("networks.change")
    assert entry.actor_id == cast.petra.pk
    assert entry.changes == {"accent": ["#0B5D55", "#2F4B9A"], "contact_name": []}


def test_only_coordinators_change_a_network_and_only_their_own(
    network_a: Network, network_b: Network, cast: Cast
) -> None:
    for actor in (ANYONE, Person(cast.ede, Role.EDITOR), Person(cast.birgit, Role.READER)):
        with pytest.raises(PermissionDenied):
            change_network(actor=actor, network=network_a, name="x")
    carla = Person(cast.carla, Role.COORDINATOR)
    with in_network(network_b), pytest.raises(WrongNetwork):
        change_network(actor=carla, network=network_a, name="x")
    assert Network.objects.get(slug="mitte").name == "Netzwerk Mitte"


def test_each_role_that_is_given_is_on_record(cast: Cast, inside_a: Network) -> None:
    petra = Person(cast.petra, Role.COORDINATOR)
    nele = {"email": "nele@example.org", "name": "Nele Neu", "password": PASSWORD}
    give_role(actor=petra, role=Role.READER, **nele)
    give_role(actor=petra, role=Role.READER, **nele)
    member, is_new = give_role(actor=petra, role=Role.EDITOR, **nele)
    assert not is_new
    first, second = deeds("accounts.give_role")
    assert (first.title, first.changes) == ("Nele Neu", {"role": [None, "reader"]})
    assert (second.object_id, second.changes) == (member.pk, {"role": ["reader", "editor"]})


def test_who_does_not_coordinate_gives_no_role(cast: Cast, inside_a: Network) -> None:
    for actor in (ANYONE, Person(cast.ede, Role.EDITOR), Person(cast.frida, Role.PROVIDER)):
        with pytest.raises(PermissionDenied):
            give_role(
                actor=actor,
                email="ede@example.org",
                name="Ede",
                role=Role.COORDINATOR,
                password=PASSWORD,
            )
    assert Membership.objects.get(user=cast.ede).role == Role.EDITOR
    assert not deeds("accounts.give_role")


# ── the map follows the area ────────────────────────────────────────────────────────────────────


def counties(network: Network) -> list[str]:
    with in_network(network):
        return list(Outline.objects.filter(level="county").values_list("key", flat=True))


def test_the_map_is_redrawn_when_the_area_is_another(network_a: Network, system: Actor) -> None:
    draw_outlines(network_a, actor=system)
    change_network(actor=system, network=network_a, area_keys=["03157"])
    assert counties(network_a) == ["03157"]
    change_network(actor=system, network=network_a, name="Netz", area_keys=["03157"])
    with in_network(network_a):
        assert len(deeds("areas.draw_outlines")) == 2


def test_official_borders_stay(network_a: Network, system: Actor, tmp_path: Path) -> None:
    ring = [[13.0, 50.8], [13.5, 50.8], [13.5, 51.0], [13.0, 51.0], [13.0, 50.8]]
    border = {
        "properties": {"AGS": "14522", "GEN": "Mittelsachsen"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "vg250.geojson"
    file.write_text(json.dumps({"features": [border]}), encoding="utf-8")
    load_outlines(network_a, file, actor=system)
    change_network(actor=system, network=network_a, area_keys=["03157"])
    assert counties(network_a) == ["14522"]


# ── the logo ────────────────────────────────────────────────────────────────────────────────────


def kept() -> list[str]:
    return sorted(file.name for file in logos.stored("x").parent.glob("*"))


def test_a_new_logo_has_a_new_address_and_the_old_file_goes(
    network_a: Network, system: Actor, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    names = []
    for size in (1, 2, 2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            file = logo(tmp_path, size, name="Zeichen.SVG")
            names.append(change_network(actor=system, network=network_a, logo=file).logo)
        assert kept() == [names[-1]]
    assert names[0] != names[1] == names[2]
    assert logos.stored(names[-1]).read_text() == SVG.format(size=2)


def test_a_new_logo_is_asked_for_anew(
    client: object, network_a: Network, system: Actor, tmp_path: Path
) -> None:
    change_network(actor=system, network=network_a, logo=logo(tmp_path))
    page = client.get("/mitte/angebote/").content.decode()  # type: ignore[attr-defined]
    assert f"/mitte/zeichen?v={network_a.logo}" in page


@pytest.mark.parametrize(
    ("name", "values"),
    [("logo.html", {}), ("logo.png", {}), ("logo.svg", {"accent": "#FFFF66"})],
)
def test_what_is_refused_leaves_no_file(
    network_a: Network, system: Actor, tmp_path: Path, name: str, values: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        change_network(actor=system, network=network_a, logo=logo(tmp_path, name=name), **values)
    assert kept() == []
    assert Network.objects.get(slug="mitte").logo == ""
