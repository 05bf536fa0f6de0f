"""Words of danger bring the numbers that help, and ordinary worries do not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.queries import actor_for
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import sign_emergency_texts
from knotenpunkt.registers.offers.danger import Danger, danger_in, kinds, text_languages, texts
from knotenpunkt.registers.pages.actions import prepare_pages, save_help_number
from knotenpunkt.registers.pages.models import HelpGroup
from tests.conftest import Cast
from tests.factories import make_offer


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("Ich will nicht mehr leben", "life", "de"),
        ("meine tochter ritzt sich", "life", "de"),
        ("ich habe angst dass ich meinem kind was antue", "strength", "de"),
        ("baby schreit nur noch, ich kann nicht mehr", "strength", "de"),
        ("hab mein baby fast geschüttelt", "strength", "de"),
        ("hab mein BABY GESCHÜTTELT!!", "child", "de"),
        ("die nachbarn lassen das kind nachts allein", "child", "de"),
        ("mein mann schlaegt mich", "violence", "de"),
        ("ich wurde vergewaltigt", "sexual", "de"),
        ("baby hat vom kloreiniger getrunken", "poison", "de"),
        ("baby atmet nicht", "medical", "de"),
        ("my husband beats me", "violence", "en"),
        ("чоловік б'є мене", "violence", "uk"),
        ("не вижу смысла жить", "life", "ru"),
        ("يضربني زوجي", "violence", "ar"),
        ("به بچه ام آسیب می زنم", "strength", "fa"),
        ("intihar", "life", "tr"),
        ("dziecko połknęło tabletki", "poison", "pl"),
        ("chồng đánh em", "violence", "vi"),
        ("chong danh em", "violence", "vi"),
    ],
)
def test_danger_is_heard_in_its_language(text: str, kind: str, language: str) -> None:
    found = danger_in(text)
    assert found is not None
    assert (found.kind, found.language) == (kind, language)


@pytest.mark.parametrize(
    "text",
    ["", "krabbelgruppe", "mein kind schlägt andere kinder in der kita", "leben mit baby",
     "kann man beim elterngeld mehr bekommen", "hebamme", "schütteltrauma vorbeugen kurs",
     "gewaltfreie kommunikation", "medikamentenmissbrauch suchtberatung", "mein handy ist tot",
     "am ende der elternzeit", "kann nicht mehr stillen", "my son hits other kids at nursery",
     "oğlum kreşte diğer çocuklara vuruyor", "курси першої допомоги дітям", "học tiếng Đức",
     "tìm người trông trẻ"],
)  # fmt: skip
def test_ordinary_worries_stay_ordinary(text: str) -> None:
    assert danger_in(text) is None


def test_two_dangers_are_not_made_ordinary_by_one_word() -> None:
    text = "mein kind schlägt andere kinder und mein mann hat mich gestern gewürgt"
    assert danger_in(text) is not None


@pytest.mark.parametrize("language", text_languages())
def test_every_language_says_everything(language: str) -> None:
    for kind in kinds():
        danger = Danger(kind, language, land="SN")
        assert danger.title and danger.text and danger.lines
        assert all(line.label and line.tel.isdigit() for line in danger.lines)
    assert bool(texts(language)["unchecked"]) == (language not in ("de", "en"))


@pytest.mark.parametrize(
    ("land", "tel"), [("SN", "0361730730"), ("TH", "0361730730"), ("NI", "055119240"), ("", "112")]
)
def test_the_poison_centre_is_that_of_the_land(land: str, tel: str) -> None:
    found = danger_in("kind hat spülmittel getrunken", land=land)
    assert found is not None and found.lines[0].tel == tel


def test_easy_german_is_answered_easily() -> None:
    found = danger_in("mein mann schlägt mich", page_language="de-x-leicht")
    assert found is not None and found.language == "de-x-leicht"


@pytest.mark.django_db
def test_texts_are_unchecked_until_a_person_signs(
    client: Client, network_a: Network, cast: Cast, system: Actor
) -> None:
    page = client.get("/mitte/angebote/", {"q": "يضربني زوجي"}).content.decode()
    assert 'dir="rtl"' in page and str(texts("ar")["unchecked"]) in page
    with in_network(network_a):
        with pytest.raises(PermissionDenied):
            sign_emergency_texts(actor=system, language="ar")
        with pytest.raises(PermissionDenied):
            sign_emergency_texts(actor=actor_for(cast.ede), language="ar")
        sign_emergency_texts(actor=actor_for(cast.petra), language="ar")
        sign_emergency_texts(actor=actor_for(cast.petra), language="ar")
    page = client.get("/mitte/angebote/", {"q": "زوجي يضربني"}).content.decode()
    assert "leise-hilfe" in page and str(texts("ar")["unchecked"]) not in page


@pytest.mark.django_db
def test_the_networks_own_telephone_comes_first(
    client: Client, network_a: Network, cast: Cast
) -> None:
    with in_network(network_a):
        save_help_number(
            actor=actor_for(cast.petra), number="03731 799 0", label="Kinderschutz-Telefon",
            group=HelpGroup.PROTECTION,
        )  # fmt: skip
    page = client.get("/mitte/angebote/?q=nachbarn+schlagen+das+kind").content.decode()
    box = page[page.index("leise-hilfe") : page.index('id="liste"')]
    assert box.index("tel:037317990") < box.index("tel:110")


@pytest.mark.django_db
def test_the_numbers_stand_above_the_results(client: Client, network_a: Network) -> None:
    with in_network(network_a):
        prepare_pages(network_a)
        make_offer("Krisendienst")
    page = client.get("/mitte/angebote/?q=ich+will+nicht+mehr+leben").content.decode()
    assert page.index("leise-hilfe") < page.index("Krisendienst")
    assert page.index("tel:08001110111") < page.index("Krisendienst")
    assert "leise-hilfe" not in client.get("/mitte/angebote/?q=krise").content.decode()


@pytest.mark.django_db
def test_when_nothing_fits_the_head_says_so_and_few_are_shown(
    client: Client, network_a: Network
) -> None:
    with in_network(network_a):
        prepare_pages(network_a)
        for number in range(8):
            make_offer(f"Krabbelgruppe {number}", summary="Singen und Spielen.")
    page = client.get("/mitte/angebote/?q=asdkjh+qweoiu").content.decode()
    assert "Ganz genau passt nichts" in page
    assert page.count('<article class="kp-offer"') == 5
    assert page.index("tel:112") < page.index('<article class="kp-offer"')


def test_a_danger_at_the_end_of_a_long_story_is_heard() -> None:
    story = "Unsere Kleine ist jetzt ein Jahr alt und wir waren am Wochenende bei den Großeltern. "
    text = story * 10 + "Ich will nicht mehr leben."
    assert len(text) > 800
    danger = danger_in(text)
    assert danger is not None and danger.kind == "life"
