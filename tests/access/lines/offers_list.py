"""The list of offers at the desk, its views, what is done with many at once, and data quality."""

from __future__ import annotations

from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Person
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.bulk.actions import OFFERS
from knotenpunkt.registers.offers.bulk.kinds import CHECKED
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.lists.actions import save_view
from knotenpunkt.tools.lists.many.doing import do_to_many
from tests.access.table import EDITORS, MEMBERS, Line, moved


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A view of the editor's own, one of the coordinator for all, and a deed on many offers."""
    editor, coordinator = people["editor"], people["coordinator"]
    assert editor is not None
    assert coordinator is not None
    kept = {"listing": "offers", "address": "q=krabbel"}
    own = save_view(actor=Person(editor, Role.EDITOR), name="Meine", **kept)
    actor = Person(coordinator, Role.COORDINATOR)
    shared = save_view(actor=actor, name="Für alle", is_shared=True, **kept)
    picked = list(Offer.objects.values_list("pk", flat=True))
    deed = do_to_many(OFFERS, actor=actor, kind=CHECKED, argument="", picked=picked, address="")
    return {"own_view": own.pk, "shared_view": shared.pk, "bulk_deed": deed.pk}


# Views are seen by those they are for; all others learn nothing of them.
OWN_VIEW = MEMBERS | {"reader": 404, "provider": 404, "coordinator": 404}
SHARED_VIEW = MEMBERS | {"reader": 403, "provider": 404, "editor": 403}
# An address that is only written to.
POST_ONLY = dict.fromkeys(MEMBERS, 405)
FORMS = {
    "offers_desk:bulk",
    "offers_desk:bulk_undo",
    "offers_desk:export",
    "lists:change",
    "lists:delete",
    "lists:save",
}
NEW_VIEW = {"listing": "offers", "address": "q=krabbel", "name": "Neu"}
LINES = [
    Line("offers_desk:list", MEMBERS),
    Line("offers_desk:list", MEMBERS, query="q=krabbel&ort=Freiberg&sort=-geprueft&stand=entwurf"),
    Line("offers_desk:bulk", moved(EDITORS), query="tat=geprueft"),
    Line("offers_desk:bulk", EDITORS, query="tat=zurueckziehen&alle=ja"),
    Line("offers_desk:bulk", EDITORS, query="tat=thema-dazu&alle=ja"),
    Line("offers_desk:bulk_done", EDITORS, of="bulk_deed", key="deed_id"),
    Line("offers_desk:bulk_undo", POST_ONLY, of="bulk_deed", key="deed_id"),
    Line("offers_desk:bulk_undo", moved(EDITORS), of="bulk_deed", key="deed_id", method="post"),
    Line("offers_desk:export", POST_ONLY),
    Line("offers_desk:export", EDITORS, method="post", data={"form": "csv"}, query="q=krabbel"),
    Line("offers_desk:quality", MEMBERS),
    Line("offers_desk:finding", MEMBERS, kwargs={"key": "nicht-geprueft"}),
    Line("lists:views", MEMBERS),
    Line("lists:save", POST_ONLY),
    Line("lists:save", moved(MEMBERS), method="post", data=NEW_VIEW),
    Line("lists:change", OWN_VIEW, of="own_view", key="view_id"),
    Line("lists:change", SHARED_VIEW, of="shared_view", key="view_id"),
    Line("lists:delete", POST_ONLY, of="own_view", key="view_id"),
    Line("lists:delete", SHARED_VIEW | {"coordinator": 302, "nobody": 302}, of="shared_view",
         key="view_id", method="post"),
]  # fmt: skip
