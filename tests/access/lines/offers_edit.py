"""One offer at the desk: form, preview, state, history, pictures."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.editing.actions.pictures import add_picture
from knotenpunkt.registers.offers.models import Offer, OfferPicture
from knotenpunkt.registers.partners.models import Representative
from knotenpunkt.tools.files.pictures import Rendering
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, OPEN, READERS, Line, moved
from tests.factories import SYSTEM, make_offer, make_organisation
from tests.registers.offers.desk.drawing import drawn

# Who writes offers at all; a provider does so for their own.
WRITERS = MEMBERS | {"reader": 403}
OWN, OTHERS = WRITERS, EDITORS | {"provider": 404}
UNFINISHED = {role: 422 if code == 200 else code for role, code in WRITERS.items()}
DECIDERS = EDITORS | {"provider": 404}
FORMS = {
    "offers_desk:new", "offers_desk:edit", "offers_desk:duplicate", "offers_desk:publish",
    "offers_desk:withdraw", "offers_desk:undo", "offers_desk:restore", "offers_desk:pictures",
    "offers_desk:picture",
}  # fmt: skip
OF_OWN_ENTRY = {"offer_id": "own"}
OF_OTHERS_ENTRY = {"offer_id": "published"}

LINES = [
    Line("offers_desk:new", WRITERS),
    Line("offers_desk:new", UNFINISHED, method="post", data={"tun": "speichern"}),
    Line("offers_desk:preview_new", UNFINISHED, method="post", data={"title": "x"}),
    Line("offers_desk:providers", WRITERS, query="provider=Haus"),
    Line("offers_desk:places", WRITERS, query="ort_bekannt=Testweg"),
    Line("offers_desk:detail", MEMBERS, of="own"),
    Line("offers_desk:detail", MEMBERS | {"provider": 404}, of="published"),
    Line("offers_desk:detail", MEMBERS | {"provider": 404}, of="draft"),
    *(
        Line(f"offers_desk:{page}", OWN, of="own")
        for page in ("edit", "history", "pictures", "duplicate")
    ),
    *(
        Line(f"offers_desk:{page}", OTHERS, of="published")
        for page in ("edit", "history", "pictures", "duplicate", "withdraw")
    ),
    Line("offers_desk:preview", UNFINISHED, of="own", method="post", data={"title": "x"}),
    Line("offers_desk:edit", UNFINISHED, of="own", method="post", data={"tun": "speichern"}),
    Line("offers_desk:duplicate", moved(OTHERS), of="published", method="post"),
    # A provider keeps their own, and does not decide what families find.
    Line("offers_desk:publish", EDITORS, of="own"),
    Line("offers_desk:publish", moved(EDITORS), of="own", method="post"),
    Line("offers_desk:withdraw", EDITORS, of="own"),
    Line("offers_desk:publish", DECIDERS, of="draft"),
    *(
        Line(f"offers_desk:{page}", OWN, of="own_entry", key="entry_id", kwargs=OF_OWN_ENTRY)
        for page in ("undo", "restore")
    ),
    *(
        Line(f"offers_desk:{page}", OTHERS, of="entry", key="entry_id", kwargs=OF_OTHERS_ENTRY)
        for page in ("undo", "restore")
    ),
    Line("offers_desk:picture", OWN, of="own_picture", key="picture_id", kwargs=OF_OWN_ENTRY),
    Line("offers_desk:picture", OTHERS, of="picture", key="picture_id", kwargs=OF_OTHERS_ENTRY),
    *(
        Line(f"offers_desk:{page}", NOT_THERE | {"nobody": 302}, of=record)
        for page in ("detail", "edit", "publish", "history", "pictures")
        for record in ("neighbour", "invented")
    ),
    *(
        Line(
            "offers:picture",
            OPEN,
            of="picture",
            key="picture_id",
            kwargs={"offer_id": "published", "version": "picture_version", "size": size},
        )
        for size in ("klein", "gross")
    ),
    Line(
        "offers:picture",
        READERS | {"provider": 200},
        of="own_picture",
        key="picture_id",
        kwargs={"offer_id": "own", "version": "picture_version", "size": "klein"},
    ),
]


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A draft of the provider's own, and a picture on it and on a published offer."""
    house = make_organisation("Haus der Anbieterin")
    own = make_offer("Eigener Entwurf", provider=house, published=False)
    Representative.objects.create(organisation=house, user=people["provider"])
    published = Offer.objects.get(title="Krabbelgruppe")
    pictures = {"own_picture": _picture(own), "picture": _picture(published)}
    entries = {"own_entry": _entry(own), "entry": _entry(published)}
    version: dict[str, UUID] = {"picture_version": pictures["picture"].version}
    return {"own": own.pk} | {name: one.pk for name, one in (pictures | entries).items()} | version


def _picture(offer: Offer) -> OfferPicture:
    large, small = drawn(1200, 800), drawn(480, 320)
    return add_picture(
        actor=SYSTEM,
        offer=offer,
        large=Rendering(large, 1200, 800),
        small=Rendering(small, 480, 320),
        alt="Ein Raum mit Matten",
        source="Jana Beispiel",
        people="nobody",
        may_show=True,
    )


def _entry(offer: Offer) -> Entry:
    entry: Entry = Entry.objects.filter(object_id=offer.pk).latest("at")
    return entry
