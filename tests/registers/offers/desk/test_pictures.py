"""Pictures: really decoded, without a trace of their maker, shown only where they may be."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import withdraw_offer
from knotenpunkt.registers.offers.models import Offer, OfferPicture
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import LARGEST_BYTES, renderings
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer
from tests.registers.offers.desk.drawing import drawn

pytestmark = pytest.mark.django_db
DESK = "/mitte/desk/angebote/"
SAID = {"alt": "Ein heller Raum mit Matten", "source": "Jana Beispiel", "people": "nobody",
        "may_show": "on"}  # fmt: skip
GPS = 0x8825


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


@pytest.fixture
def offer(network_a: Network) -> Offer:
    with in_network(network_a):
        return make_offer("Krabbelgruppe")


def hand_in(client: Client, offer: Offer, content: bytes | None = None, **said: str) -> Any:
    files = {"file": SimpleUploadedFile("foto.jpg", content or drawn(2000, 1500, "JPEG"))}
    if content == b"":
        files = {}
    return client.post(f"{DESK}{offer.pk}/bilder/", SAID | said | files)


def stored(network: Network) -> list[OfferPicture]:
    with in_network(network):
        return list(OfferPicture.objects.select_related("large", "small"))


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Geheime Kamera"
    exif.get_ifd(GPS)[1] = "N"
    exif[0x0112] = 6  # lies on its side
    return drawn(2000, 1000, "JPEG", exif=exif.tobytes())


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 × 60,000 pixels wide."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_it_is_written_anew_in_two_widths_without_place_and_camera() -> None:
    content = with_gps()
    assert b"Geheime Kamera" in content
    large, small = renderings(io.BytesIO(content), len(content))
    # Turned upright, as the camera said.
    assert (large.width, large.height) == (600, 1200)
    assert (small.width, small.height) == (240, 480)
    for one in (large, small):
        opened = Image.open(io.BytesIO(one.content))
        assert (opened.format, opened.size) == ("WEBP", (one.width, one.height))
        assert not opened.getexif()
        assert not {"exif", "icc_profile", "xmp"} & opened.info.keys()
        assert b"Geheime Kamera" not in one.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_are_read(kind: str) -> None:
    content = drawn(800, 600, kind)
    assert renderings(io.BytesIO(content), len(content))[0].width == 800


@pytest.mark.parametrize(
    ("content", "size", "said"),
    [
        (b"GIF89a" + b"\0" * 900, 906, "JPEG, PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 41, "JPEG, PNG"),
        (drawn(800, 600, "JPEG")[:4000], 4000, "beschädigt"),
        (bomb(), 200, "zu viele Bildpunkte"),
        (drawn(100, 100, "PNG"), 500, "zu klein"),
        (drawn(800, 600), LARGEST_BYTES + 1, "10 Megabyte"),
    ],
    ids=["gif", "svg", "broken", "bomb", "tiny", "heavy"],
)
def test_what_is_no_fit_picture_is_refused_kindly(content: bytes, size: int, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        renderings(io.BytesIO(content), size)
    assert said in " ".join(refused.value.messages)


def test_it_hangs_on_the_page_and_on_the_card(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    assert hand_in(petra, offer).status_code == 302
    [picture] = stored(network_a)
    visitor = Client()
    for page in (f"/mitte/angebote/{offer.pk}/", "/mitte/angebote/"):
        text = visitor.get(page).content.decode()
        assert 'alt="Ein heller Raum mit Matten"' in text
        assert f'width="{picture.width}"' in text or f'width="{picture.small_width}"' in text
    assert "Jana Beispiel" in visitor.get(f"/mitte/angebote/{offer.pk}/").content.decode()


def address(offer: Offer, picture: OfferPicture, size: str = "klein") -> str:
    return f"/mitte/angebote/{offer.pk}/bilder/{picture.pk}/{picture.version}/{size}.webp"


def test_it_is_served_as_a_picture_and_nothing_else(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    hand_in(petra, offer)
    [picture] = stored(network_a)
    answer = Client().get(address(offer, picture))
    assert answer.content == bytes(picture.small.content)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"] == "inline"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    assert not answer.cookies
    wrong = (
        address(offer, picture, "riesig"),
        address(offer, picture).replace(picture.version, "x"),
    )
    assert [Client().get(one).status_code for one in wrong] == [404, 404]


def test_only_while_the_offer_is_published(petra: Client, offer: Offer, network_a: Network) -> None:
    hand_in(petra, offer)
    [picture] = stored(network_a)
    with in_network(network_a):
        withdraw_offer(actor=SYSTEM, offer=offer)
    assert Client().get(address(offer, picture)).status_code == 404
    for_members = petra.get(address(offer, picture))
    assert for_members.status_code == 200
    assert "no-store" in for_members["Cache-Control"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"alt": ""}, "alt"),
        ({"source": ""}, "source"),
        ({"may_show": ""}, "may_show"),
        ({"people": ""}, "people"),
        ({"people": "agreed"}, "consent_note"),
    ],
)
def test_description_and_rights_are_needed_and_the_file_is_not_lost(
    petra: Client, offer: Offer, network_a: Network, said: dict[str, str], field: str
) -> None:
    answer = hand_in(petra, offer, **said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not stored(network_a)
    mark = answer.context["mark"]
    again = petra.post(f"{DESK}{offer.pk}/bilder/", SAID | {"consent_note": "Ordner", "kept": mark})
    assert again.status_code == 302
    assert len(stored(network_a)) == 1


def test_a_mark_of_another_offer_brings_no_picture(
    petra: Client, offer: Offer, network_a: Network
) -> None:
    with in_network(network_a):
        other = make_offer("Anderes")
    mark = hand_in(petra, offer, alt="").context["mark"]
    for sent in (mark, "gefälscht"):
        answer = petra.post(f"{DESK}{other.pk}/bilder/", SAID | {"kept": sent})
        assert answer.status_code == 422
    assert not stored(network_a)


def test_an_ornament_says_nothing(petra: Client, offer: Offer, network_a: Network) -> None:
    assert hand_in(petra, offer, alt="", is_ornament="on").status_code == 302
    assert 'alt=""' in Client().get(f"/mitte/angebote/{offer.pk}/").content.decode()


def test_order_change_and_end_are_recorded(petra: Client, offer: Offer, network_a: Network) -> None:
    hand_in(petra, offer)
    hand_in(petra, offer, alt="Zweites")
    first, second = stored(network_a)
    page = f"{DESK}{offer.pk}/bilder/{second.pk}/"
    petra.post(page, {"tun": "vor"})
    assert [one.alt for one in stored(network_a)] == ["Zweites", "Ein heller Raum mit Matten"]
    petra.post(page, SAID | {"tun": "speichern", "alt": "Neu beschrieben"})
    petra.post(f"{DESK}{offer.pk}/bilder/{first.pk}/", {"tun": "entfernen"})
    assert [one.alt for one in stored(network_a)] == ["Neu beschrieben"]
    with in_network(network_a):
        deeds = list(Entry.objects.filter(deed__endswith="picture").values_list("deed", flat=True))
        assert StoredFile.objects.count() == 2
    assert sorted(deeds) == ["offers.add_picture"] * 2 + ["offers.change_picture"] * 2 + [
        "offers.remove_picture"
    ]
    history = petra.get(f"{DESK}{offer.pk}/verlauf/").content.decode()
    assert "Bild entfernt" in history
