"""Papers of a campaign: accessible, whole, sorted, and never stopped by an odd name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from knotenpunkt.activities.campaigns.printing.maps import (
    MapOutline,
    MapPoint,
    ReportMap,
    map_svg,
)
from knotenpunkt.activities.campaigns.printing.packing_slips import (
    PackingSlip,
    SlipItem,
    packing_slips_pdf,
)
from knotenpunkt.activities.campaigns.printing.pick_lists import (
    PickMaterial,
    PickStation,
    Stop,
    pick_list_pdf,
)
from knotenpunkt.activities.campaigns.printing.posters import Poster, poster_pdf
from knotenpunkt.activities.campaigns.printing.reports import (
    CostRow,
    Figure,
    JoinInRow,
    PartnerList,
    Report,
    Section,
    report_pdf,
)
from knotenpunkt.tools.documents.pictures import Picture
from tests.papers import bookmarks_of, pages_of, text_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network")]
Check = Callable[[bytes], None]
SQUARE = {"type": "Polygon", "coordinates": [[[13, 50], [14, 50], [14, 51], [13, 51], [13, 50]]]}
POSTER = Poster(
    campaign="Danke, dass es Sie gibt",
    title="Familienfest im Mehrgenerationenhaus",
    when="Samstag, 12. September 2026",
    time="14–17 Uhr",
    where=("Mehrgenerationenhaus", "Körnerweg 8, 09599 Freiberg"),
    url="https://netz.example.org/mitte/aktionen/danke/fest/",
    for_whom="Familien mit kleinen Kindern",
    entry="kostenfrei",
)


def test_a_poster_is_accessible(picture: Picture, accessible: Check) -> None:
    accessible(poster_pdf(POSTER))
    accessible(poster_pdf(replace(POSTER, picture=picture), paper="a3"))


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("title", ["Fest", "Wort " * 24, "Familienbegegnungsstättenjubiläum" * 3])
def test_a_poster_is_one_page_and_what_matters_is_large(title: str, paper: str) -> None:
    made = poster_pdf(replace(POSTER, title=title, description="Wort " * 90), paper=paper)  # type: ignore[arg-type]
    assert pages_of(made) == 1
    day = next(word for word in words_of(made) if word.text == "September")
    # Nine millimetres of capital letter are read from three metres.
    assert (day.bottom - day.top) / 1.362 * 0.714 >= 7.5


def test_a_poster_speaks_of_registration_where_not_everybody_may_come() -> None:
    assert "nur nach Anmeldung" in text_of(poster_pdf(replace(POSTER, is_open=False)))


def stop(number: int, code: str, *packs: int) -> Stop:
    return Stop(number, f"Haus{number}", packs, code, ("Markt 1", f"{code} Ort"))


def test_a_pick_list_goes_by_station_and_postal_code(accessible: Check) -> None:
    stations = [
        PickStation("Freiberg", (stop(7, "09599", 2, 0), stop(3, "09111", 1, 1200))),
        PickStation("Tour Nord", (stop(5, "", 4, 1), stop(6, "04720", 1, 1))),
    ]
    materials = [PickMaterial("Postkarten", "50 Stück"), PickMaterial("Plakate")]
    made = pick_list_pdf(stations, materials=materials, campaign="Danke")
    accessible(made)
    assert bookmarks_of(made) == ["Freiberg", "Tour Nord"]
    first, second = text_of(made, 1), text_of(made, 2)
    assert first.index("Haus3") < first.index("Haus7")
    assert "3 1.200" in first.partition("Haus7")[2]
    assert second.index("Haus6") < second.index("Haus5")


def test_stations_without_orders_make_a_list_too() -> None:
    made = pick_list_pdf([PickStation("Leer", ())], materials=[PickMaterial("P")], campaign="D")
    assert "Leer" in text_of(made)


def slip(number: int, code: str = "09599", **values: object) -> PackingSlip:
    usual = {
        "name": f"Haus{number}", "items": (SlipItem(2, "Postkarten", "100 Stück"),),
        "url": "https://netz.example.org/x/", "postal_code": code,
    }  # fmt: skip
    return PackingSlip(number=number, **(usual | values))  # type: ignore[arg-type]


def test_packing_slips_stand_two_on_a_page_or_alone(accessible: Check) -> None:
    slips = [slip(1), slip(2, "04720"), slip(3, "09111")]
    halves = packing_slips_pdf(slips, campaign="Danke")
    accessible(halves)
    assert pages_of(halves) == 2
    assert bookmarks_of(halves) == ["Bestellung 2", "Bestellung 3", "Bestellung 1"]
    assert pages_of(packing_slips_pdf(slips, campaign="Danke", size="whole")) == 3


@pytest.mark.parametrize("name", ["漢字", "\x00", "W" * 300, "😀", "سلام", ""])
def test_no_odd_name_stops_a_parcel(name: str) -> None:
    items = tuple(SlipItem(1, name or "P") for _number in range(30))
    made = packing_slips_pdf([slip(1, name=name, note=name * 5, items=items)], campaign="Danke")
    assert pages_of(made) == 1


def test_many_slips_keep_their_halves() -> None:
    made = packing_slips_pdf([slip(number) for number in range(41)], campaign="Danke")
    assert pages_of(made) == 21


def test_a_report_shows_all_that_it_is_given(picture: Picture, accessible: Check) -> None:
    area = ReportMap((MapOutline(SQUARE, is_county=True),), (MapPoint(50.5, 13.5),), "Eine Karte")
    made = report_pdf(
        Report(
            "Danke",
            "Juni bis September",
            figures=(Figure("214", "Bestellungen", "von 812"),),
            sections=(Section("Rückblick", "Es war schön.\n\n- Feste\n- Karten"),),
            pictures=(picture, picture),
            map=area,
            join_ins=(JoinInRow("Fest", "Samstag", "Freiberg", "Haus", "120"),),
            coming=(JoinInRow("Nachtcafé", "Freitag", "Freiberg", "Haus"),),
            partners=(PartnerList("Kitas", tuple(f"Kita {one}" for one in range(9))),),
            costs=(CostRow("I – Netzwerk", "Karten", 4, 123456), CostRow("II", "Tee", 1, 5)),
            lessons_kept=("Früh schreiben",),
            contact=("Jana Wolfram",),
        )
    )
    accessible(made)
    text = " ".join(text_of(made, page + 1) for page in range(pages_of(made)))
    for words in ("214", "Rückblick", "Feste", "Eine Karte", "Kita 8", "1.234,56 €", "0,05 €",
                  "Zusammen: 1.234,61 €", "Früh schreiben", "Jana Wolfram", "nicht öffentlich",
                  "Foto: Mira", "Was noch bevorsteht", "Nachtcafé"):  # fmt: skip
        assert words in text


def test_an_empty_report_has_no_empty_headings(accessible: Check) -> None:
    made = report_pdf(Report("Danke", "Juni"))
    accessible(made)
    assert bookmarks_of(made) == []


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="picture"):
        poster_pdf(replace(POSTER, picture=Picture(b"no picture")))


def test_points_at_one_place_are_one_larger_dot() -> None:
    one = map_svg(ReportMap((), (MapPoint(50, 13),), ""), colour="#000000", ground="#ffffff")
    three = map_svg(ReportMap((), (MapPoint(50, 13),) * 3, ""), colour="#000000", ground="#ffffff")
    assert one.count("<circle") == three.count("<circle") == 1
    assert 'r="13.0"' in one and 'r="22.5"' in three


def test_a_map_without_anything_is_none() -> None:
    assert map_svg(ReportMap((), (), ""), colour="#000000", ground="#ffffff") == ""


def test_a_poster_says_for_whom_once() -> None:
    assert "Für: alle" in text_of(poster_pdf(replace(POSTER, for_whom="für alle")))
