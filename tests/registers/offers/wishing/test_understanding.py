"""Wishes in the text become filters, carefully rather than greedily."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knotenpunkt.registers.offers.wishes import Wish, read_wish
from knotenpunkt.registers.offers.wishing import understand_wish

MITTELSACHSEN = ["14522"]


def understood(text: str, **typed: Any) -> Wish:
    return understand_wish(Wish(text=text, **typed), near_area_keys=MITTELSACHSEN)


def read(text: str) -> dict[str, Any]:
    wish = understood(text)
    values = {name: value for one in wish.read for name, value in one.sets}
    if "place" in values:
        values["place"] = values["place"].town
    return values


@pytest.mark.parametrize(
    ("text", "values", "rest"),
    [
        ("Krabbelgruppe Döbeln mittwochs", {"place": "Döbeln", "day": "mi"}, "Krabbelgruppe"),
        ("Schuldnerberatung 09599", {"place": "Freiberg"}, "Schuldnerberatung"),
        ("Kita 09599 Freiberg", {"place": "Freiberg"}, "Kita"),
        ("Hebamme in der Nähe von Freiberg", {"place": "Freiberg"}, "Hebamme"),
        ("Hebamme in freibreg", {"place": "Freiberg"}, "Hebamme"),
        ("Freiberger Familienzentrum", {"place": "Freiberg"}, "Familienzentrum"),
        (
            "Stillberatung im Umkreis von 8 km um Mittweida",
            {"place": "Mittweida", "radius_km": 10},
            "Stillberatung",
        ),
        ("was ist am Wochenende los", {"day": "wochenende"}, ""),
        ("Turnen Samstagvormittag", {"day": "sa", "time": "vormittag"}, "Turnen"),
        ("kostenlose Beratung", {"free": True}, "Beratung"),
        ("für 2-jährige", {"age_months": 24}, ""),
        ("Baby, 3 Monate alt", {"age_months": 3}, "Baby"),
        ("zweieinhalbjähriger beißt", {"age_months": 30}, "beißt"),
        ("2 1/2 Jahre", {"age_months": 30}, ""),
        ("mein Sohn 5 beißt", {"age_months": 60}, "mein Sohn beißt"),
        ("Hebamme auf Arabisch", {"language": "ar"}, "Hebamme"),
        ("консультація українською", {"language": "uk"}, "консультація"),
        ("Café mit Rollstuhl erreichbar", {"step_free": True}, "Café"),
        ("Hausbesuch", {"no_way": True, "way": "at_home"}, ""),
        ("Onlineberatung Trennung", {"no_way": True, "way": "online"}, "Trennung"),
        ("Döbeln'de çarşamba günü oyun grubu", {"place": "Döbeln", "day": "mi"}, "oyun grubu"),
        ("ابني عمره سنتين وما بيحكي", {"age_months": 24}, "ابني وما بيحكي"),
        ("دخترم دو ساله است", {"age_months": 24}, "دخترم است"),
    ],
)
def test_what_is_wished(text: str, values: dict[str, Any], rest: str) -> None:
    assert read(text) == values
    assert understood(text).said == rest


@pytest.mark.parametrize(
    "text",
    [
        "", "essen", "mein kind will nicht essen", "singen lernen", "halle", "frau rochlitz",
        "mein sohn heißt fritz leisnig", "kita freiberger straße", "abends schreit mein baby",
        "am wochenende holt er die kinder nicht", "2 kinder", "meine kinder 3 und 5 streiten",
        "nach 10 jahren ehe getrennt", "seit 2 jahren arbeitslos", "ich bin 17 und schwanger",
        "meine 14 jährige tochter ist schwanger",
        "arabisch lernen", "русский язык учить ребенку", "rollstuhl für mein kind beantragen",
        "mein sohn ist den ganzen tag online", "mein mann kommt betrunken nach hause",
        "nicht mittwochs", "turnen dienstag oder donnerstag", "15000 euro schulden",
        "alles umsonst versucht er hört nicht", "freie hebamme", "guten tag",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert read(text) == {}
    assert understood(text).said == text


def test_towns_out_of_reach_are_words() -> None:
    assert read("familiencafe husum") == {}
    assert read("familiencafe mittweida") == {"place": "Mittweida"}


def test_a_field_beats_the_text() -> None:
    wish = understood("Krabbelgruppe mittwochs", day="fr")
    assert wish.day == "fr"
    assert not wish.read
    assert wish.said == "Krabbelgruppe"


def test_names_keep_their_place() -> None:
    wish = understood("Mehrgenerationenhaus Leisnig mittwochs")
    assert wish.said == "Mehrgenerationenhaus"
    assert wish.named == "Mehrgenerationenhaus Leisnig"


def test_a_filter_is_taken_away_in_the_address() -> None:
    wish = understood("Krabbelgruppe Döbeln mittwochs")
    assert wish.address() == "?q=Krabbelgruppe+D%C3%B6beln+mittwochs"
    without = wish.address_without("day", "time")
    assert without.endswith("&wort=mittwochs")
    again = read_wish(
        {"q": wish.text, "wort": "mittwochs"}, near_area_keys=MITTELSACHSEN, topics=[], languages=[]
    )
    kept = understand_wish(again, near_area_keys=MITTELSACHSEN)
    assert (kept.day, kept.said) == ("", "Krabbelgruppe mittwochs")
    assert kept.place is not None
    assert kept.address_without("place_text", "place").endswith("&wort=mittwochs_D%C3%B6beln")


def test_words_that_are_gone_leave_the_address() -> None:
    asked = {"q": "Stillcafé", "wort": "mittwochs"}
    assert not read_wish(asked, near_area_keys=MITTELSACHSEN, topics=[], languages=[]).plain


def test_a_language_nobody_offers_stays_a_word() -> None:
    typed = Wish(text="Hebamme auf Arabisch")
    meant = understand_wish(typed, near_area_keys=MITTELSACHSEN, languages=["de", "ru"])
    assert not meant.language
    assert meant.said == typed.text


def test_a_story_is_no_list_of_filters() -> None:
    assert read("wir waren in döbeln " + "und dann kam wieder alles anders " * 5) == {}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    wish = understood(" ".join(text.split()))
    assert wish.explicit.text == wish.text
    assert isinstance(wish.said, str)
