"""Files by their content, own words, taking part; regions and who looks after them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.areas.models import Region, RegionCoordinator
from knotenpunkt.registers.partners.models import Involvement, PartnerFile, SubKind, Tag
from knotenpunkt.tools.files.models import StoredFile
from tests.conftest import Cast
from tests.registers.partners.desk.conftest import LIST, Partners

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"


def sent(name: str, content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "title": ""}


def test_a_file_is_kept_given_out_and_deleted(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    page = f"{LIST}{partners.house.pk}/dateien/"
    petra.post(page, sent("Faltblatt.pdf", PDF))
    link = PartnerFile.objects.get()
    answer = petra.get(f"{page}{link.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Faltblatt.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    petra.post(f"{page}{link.pk}/loeschen/")
    assert not StoredFile.objects.exists()


def test_a_provider_meets_only_files_that_are_shared(
    petra: Client, cast: Cast, partners: Partners, inside_a: Network
) -> None:
    page = f"{LIST}{partners.house.pk}/dateien/"
    petra.post(page, sent("Vermerk.pdf", PDF) | {"for_coordination": "on"})
    petra.post(page, sent("Faltblatt.pdf", PDF))
    assert petra.get(page).content.decode().count("Nur für die Koordination") == 2  # and the box
    hidden, shared = PartnerFile.objects.order_by("-for_coordination")
    petra.force_login(cast.frida)
    petra.post(page, sent("Eigenes.pdf", PDF) | {"for_coordination": "on"})
    for shown in (page, f"{LIST}{partners.house.pk}/"):
        told = petra.get(shown).content.decode()
        assert "Faltblatt" in told and "Eigenes" in told
        assert "Vermerk" not in told and "Nur für die Koordination" not in told
    for deed in ("", "loeschen/"):
        assert petra.get(f"{page}{hidden.pk}/{deed}").status_code == 404
    assert petra.post(f"{page}{hidden.pk}/loeschen/").status_code == 404
    assert petra.post(f"{page}{shared.pk}/loeschen/").status_code == 302
    assert {one.title for one in PartnerFile.objects.all()} == {"Vermerk.pdf", "Eigenes.pdf"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("schein.pdf", b"<html><script>1</script>"), ("leer.pdf", b""), ("x.exe", b"MZ\x90")],
)
def test_what_is_something_else_is_refused(
    petra: Client, partners: Partners, inside_a: Network, name: str, content: bytes
) -> None:
    answer = petra.post(f"{LIST}{partners.house.pk}/dateien/", sent(name, content))
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_a_tag_is_renamed_everywhere_and_removed(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    page = f"{LIST}ordnung/schlagworte/"
    tag = Tag.objects.get()
    assert "einmal verwendet" in petra.get(page).content.decode()
    petra.post(f"{page}{tag.pk}/", {"name": "Steuerungskreis"})
    assert "Steuerungskreis" in petra.get(f"{LIST}{partners.house.pk}/").content.decode()
    again = petra.post(page, {"name": "Steuerungskreis"})
    assert "Diesen Namen gibt es schon." in again.content.decode()
    petra.post(f"{page}{tag.pk}/entfernen/")
    assert not Tag.objects.exists()


def test_own_kinds_belong_to_a_kind(petra: Client, partners: Partners, inside_a: Network) -> None:
    page = f"{LIST}ordnung/unterarten/"
    assert petra.post(page, {"name": "Kinderarztpraxis", "kind": ""}).status_code == 422
    petra.post(page, {"name": "Waldkindergarten", "kind": "childcare"})
    assert SubKind.objects.filter(kind="childcare", name="Waldkindergarten").exists()
    assert petra.get(f"{LIST}ordnung/unsinn/").status_code == 404


def test_taking_part_counts_as_seen(petra: Client, partners: Partners, inside_a: Network) -> None:
    page = f"{LIST}{partners.practice.pk}/dabei-gewesen/"
    data = {"kind": "meeting", "title": "Runder Tisch", "on": "2099-01-01"}
    assert "Dieser Tag kommt erst noch." in petra.post(page, data).content.decode()
    petra.post(page, data | {"on": "2026-05-04", "person": str(partners.jana.pk)})
    fact = Involvement.objects.get(title="Runder Tisch")
    assert (fact.organisation, fact.person) == (partners.practice, partners.jana)


def test_a_region_with_somebody_who_looks_after_it(
    petra: Client, cast: Cast, partners: Partners, inside_a: Network
) -> None:
    page = f"/mitte/desk/regionen/{partners.annaberg.pk}/"
    names = [
        label for _key, label in petra.get(page).context["form"].fields["coordinators"].choices
    ]
    assert names == ["Ede", "Petra"]
    data = {"name": "Altkreis Annaberg", "kind": "former_county", "postal_codes": "09456, 09456",
            "coordinators": [str(cast.ede.pk)]}  # fmt: skip
    petra.post(page, data)
    assert Region.objects.get().postal_codes == ["09456"]
    assert RegionCoordinator.objects.get().user == cast.ede
    assert "Ede" in petra.get("/mitte/desk/regionen/").content.decode()
    bad = petra.post(page, data | {"postal_codes": "00000"})
    assert "Diese Postleitzahlen gibt es nicht: 00000." in bad.content.decode()
    same = petra.post("/mitte/desk/regionen/neu/", data)
    assert "Eine Region mit diesem Namen gibt es schon." in same.content.decode()


def test_nothing_belongs_to_a_part_of_itself(
    petra: Client, partners: Partners, inside_a: Network
) -> None:
    part = Region.objects.create(name="Kernstadt", kind="quarter", parent=partners.annaberg)
    form = petra.get(f"/mitte/desk/regionen/{partners.annaberg.pk}/").context["form"]
    assert str(part.pk) not in dict(form.fields["parent"].choices)
    petra.post(f"/mitte/desk/regionen/{partners.annaberg.pk}/entfernen/")
    part.refresh_from_db()
    assert part.parent is None
