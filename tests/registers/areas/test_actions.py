from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.areas.actions import (
    HolidayReport,
    complete_place,
    draw_outlines,
    load_outlines,
    load_school_holidays,
    save_place,
)
from knotenpunkt.registers.areas.holiday_files import UnreadableHolidays
from knotenpunkt.registers.areas.models import Outline, Place, Precision, SchoolHolidays
from knotenpunkt.registers.areas.outline_files import UnreadableOutlines


def test_the_postal_code_fills_in_what_it_knows(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, street="Hauptstraße 1", postal_code="09599")
    place.refresh_from_db()
    assert (place.town, place.state, place.area_key) == ("Freiberg", "SN", "14522")
    assert place.latitude == pytest.approx(50.91, abs=0.01)
    assert place.precision == Precision.POSTAL_CODE and place.is_approximate


def test_what_is_given_stays(inside_a: Network, system: Actor) -> None:
    place = save_place(
        actor=system, postal_code="09599", town="Freiberg OT Zug", latitude=50.88, longitude=13.33
    )
    assert (place.town, place.latitude) == ("Freiberg OT Zug", 50.88)
    assert place.precision == Precision.EXACT and not place.is_approximate


def test_a_town_of_several_in_one_code_has_its_own_position(
    inside_a: Network, system: Actor
) -> None:
    place = save_place(actor=system, postal_code="09306", town="Wechselburg")
    assert place.longitude == pytest.approx(12.7766)


def test_a_town_alone_is_enough_when_there_is_one(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, town="Mittweida")
    assert place.has_coordinates and place.postal_code == ""


def test_an_unknown_postal_code_leaves_the_position_open(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, postal_code="99999", town="Freiberg")
    assert not place.has_coordinates
    assert place.precision == Precision.UNKNOWN


def test_moving_to_another_postal_code_moves_the_position(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, postal_code="09599")
    save_place(actor=system, place=place, postal_code="31224", town="Peine")
    assert (place.area_key, place.state) == ("03157", "NI")
    assert place.latitude == pytest.approx(52.3, abs=0.1)


@pytest.mark.parametrize(
    ("moved", "latitude"),
    [
        ({"street": "Neue Straße 2"}, 50.91),
        ({"postal_code": "31224", "town": "Peine"}, 52.3),
        ({"town": "Mittweida", "postal_code": ""}, 50.98),
    ],
)
def test_who_moves_is_no_longer_found_at_the_old_house(
    inside_a: Network, system: Actor, moved: dict[str, str], latitude: float
) -> None:
    old = {"street": "Alte Straße 1", "postal_code": "09599", "latitude": 50.95, "longitude": 13.2}
    place = save_place(actor=system, **old)
    save_place(actor=system, place=place, **moved)
    place.refresh_from_db()
    assert place.latitude == pytest.approx(latitude, abs=0.1)
    assert place.latitude != 50.95
    assert place.precision == Precision.POSTAL_CODE and place.is_approximate


def test_who_moves_to_where_no_postal_code_tells_the_way_has_no_position(
    inside_a: Network, system: Actor
) -> None:
    place = save_place(actor=system, postal_code="09599", latitude=50.9, longitude=13.3)
    save_place(actor=system, place=place, postal_code="99999")
    assert not place.has_coordinates


def test_the_position_stays_while_the_address_does(inside_a: Network, system: Actor) -> None:
    place = save_place(
        actor=system, street="Weg 1", postal_code="09599", latitude=50.9, longitude=13.3
    )
    save_place(actor=system, place=place, street="Weg 1", venue="Hinterhaus", step_free="yes")
    assert (place.latitude, place.precision) == (50.9, Precision.EXACT)


def test_a_new_address_with_a_position_is_exact(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, street="Weg 1", postal_code="09599")
    save_place(actor=system, place=place, street="Weg 2", latitude=50.9, longitude=13.3)
    assert (place.latitude, place.precision) == (50.9, Precision.EXACT)


def test_a_position_given_later_is_exact(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, postal_code="09599")
    save_place(actor=system, place=place, latitude=50.92, longitude=13.34)
    assert place.precision == Precision.EXACT


def test_completing_saves_nothing(inside_a: Network) -> None:
    place = Place(postal_code="09599")
    complete_place(place)
    assert place.town == "Freiberg"
    assert not Place.objects.exists()


def test_impossible_places_are_not_saved(inside_a: Network, system: Actor) -> None:
    with pytest.raises(ValidationError):
        save_place(actor=system, latitude=123.0, longitude=13.0)
    assert not Place.objects.exists()


def test_anyone_changes_no_place(inside_a: Network, anyone: Actor) -> None:
    with pytest.raises(PermissionDenied):
        save_place(actor=anyone, postal_code="09599")


def test_saving_a_place_is_on_record(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, postal_code="09599", street="Weg 1")
    entry = Entry.objects.get()
    assert (entry.deed, entry.object_id) == ("areas.save_place", place.pk)
    assert entry.changes["street"] == ["", "Weg 1"]


def test_a_network_gets_its_borders_drawn(network_a: Network, system: Actor) -> None:
    count = draw_outlines(network_a, actor=system)
    assert draw_outlines(network_a, actor=system) == count > 50
    with in_network(network_a):
        assert Outline.objects.count() == count
        assert Outline.objects.filter(level="county").get().key == "14522"


def test_a_network_without_an_area_has_no_borders(network_a: Network, system: Actor) -> None:
    network_a.area_keys = []
    assert draw_outlines(network_a, actor=system) == 0


def test_official_borders_replace_the_drawn_ones_and_stay(
    network_a: Network, network_b: Network, system: Actor, tmp_path: Path
) -> None:
    draw_outlines(network_a, actor=system)
    draw_outlines(network_b, actor=system)
    ring = [[13.0, 50.8], [13.5, 50.8], [13.5, 51.0], [13.0, 51.0], [13.0, 50.8]]
    border = {
        "properties": {"AGS": "14522", "GEN": "Mittelsachsen"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "vg250.geojson"
    file.write_text(json.dumps({"features": [border]}), encoding="utf-8")
    assert load_outlines(network_a, file, actor=system) == 1
    assert draw_outlines(network_a, actor=system) == 0
    with in_network(network_a):
        only = Outline.objects.get()
        assert (only.approximate, only.source) == (False, "vg250")
    with in_network(network_b):
        assert Outline.objects.count() > 1


def test_a_wrong_file_keeps_the_drawn_borders(
    network_a: Network, system: Actor, tmp_path: Path
) -> None:
    count = draw_outlines(network_a, actor=system)
    file = tmp_path / "wrong.geojson"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableOutlines):
        load_outlines(network_a, file, actor=system)
    with in_network(network_a):
        assert Outline.objects.count() == count


def test_school_holidays_arrive_once(db: None, holidays_csv: Path) -> None:
    assert load_school_holidays(path=holidays_csv, land="SN") == HolidayReport(2, 0, 0)
    assert load_school_holidays(path=holidays_csv, land="SN") == HolidayReport(0, 0, 2)
    assert SchoolHolidays.objects.count() == 2


def test_a_dry_run_counts_but_keeps_nothing(db: None, holidays_csv: Path) -> None:
    report = load_school_holidays(path=holidays_csv, land="SN", dry_run=True)
    assert report == HolidayReport(created=2, updated=0, unchanged=0)
    assert not SchoolHolidays.objects.exists()


def test_a_corrected_file_corrects(db: None, holidays_csv: Path) -> None:
    load_school_holidays(path=holidays_csv, land="SN")
    text = holidays_csv.read_text(encoding="utf-8").replace("2026-02-09", "2026-02-02")
    holidays_csv.write_text(text, encoding="utf-8")
    assert load_school_holidays(path=holidays_csv, land="SN") == HolidayReport(0, 1, 1)
    assert SchoolHolidays.objects.filter(name="Winterferien").get().starts.day == 2


def test_the_same_holidays_from_another_source_are_not_doubled(
    db: None, holidays_csv: Path, holidays_ics: Path
) -> None:
    load_school_holidays(path=holidays_csv, land="SN")
    assert load_school_holidays(path=holidays_ics, land="SN") == HolidayReport(0, 1, 1)
    assert SchoolHolidays.objects.count() == 2


def test_other_laender_are_left_alone(db: None, holidays_csv: Path) -> None:
    load_school_holidays(path=holidays_csv, land="TH")
    load_school_holidays(path=holidays_csv, land="SN")
    assert SchoolHolidays.objects.filter(land="TH").count() == 1


def test_a_wrong_holiday_file_changes_nothing(db: None, tmp_path: Path) -> None:
    file = tmp_path / "ferien.csv"
    file.write_text("nothing", encoding="utf-8")
    with pytest.raises(UnreadableHolidays):
        load_school_holidays(path=file, land="SN")
    assert not SchoolHolidays.objects.exists()


@pytest.mark.parametrize("land", ["sn", "ni", "th"])
def test_the_published_files_arrive_once(db: None, data_folder: Path, land: str) -> None:
    file = data_folder / "holidays" / f"schulferien_{land}.csv"
    first = load_school_holidays(path=file, land=land.upper())
    again = load_school_holidays(path=file, land=land.upper())
    assert first.created == again.unchanged == SchoolHolidays.objects.count()
    assert again.created == again.updated == 0


def test_what_another_changed_of_a_place_meanwhile_stays(inside_a: Network, system: Actor) -> None:
    place = save_place(actor=system, postal_code="09599", town="Freiberg")
    stale = Place.objects.get(pk=place.pk)
    save_place(actor=system, place=place, step_free="yes")
    save_place(actor=system, place=stale, transit_note="Bus 403")
    now = Place.objects.get(pk=place.pk)
    assert (now.step_free, now.transit_note) == ("yes", "Bus 403")
