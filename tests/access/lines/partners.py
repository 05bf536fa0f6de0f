"""Partners at the desk: lists, portraits, forms, roles, files, own words, many at once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from knotenpunkt.foundation.accounts.actors import Person as Member
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import (
    add_file,
    leave,
    leave_network,
    save_contact,
    save_organisation,
    save_person,
    save_tag,
    stop,
)
from knotenpunkt.registers.partners.bulk.kinds import CONFIRM
from knotenpunkt.registers.partners.bulk.many import ORGANISATIONS, PEOPLE
from knotenpunkt.registers.partners.models import (
    Level,
    Organisation,
    PartnerFile,
    Representative,
)
from knotenpunkt.tools.lists.many.doing import do_to_many
from knotenpunkt.tools.lists.models import BulkDeed
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, Line, moved
from tests.factories import SYSTEM

# What a provider keeps, and what they do not.
WRITERS = MEMBERS | {"reader": 403}
OTHERS = MEMBERS | {"provider": 404}
KEPT_BY_OTHERS = EDITORS | {"provider": 404}
POST_ONLY = dict.fromkeys(MEMBERS, 405)
UNFINISHED = {role: 422 if code == 200 else code for role, code in EDITORS.items()}
OWN_UNFINISHED = {role: 422 if code == 200 else code for role, code in WRITERS.items()}
ORG, PERSON = "organisation_id", "person_id"
FORMS = {
    f"partners_desk:{page}"
    for page in (
        "bulk", "bulk_undo", "people_bulk", "people_bulk_undo", "export", "export_people", "new",
        "edit", "confirmed", "left", "returned", "taking_part", "files", "remove_file", "new_role",
        "role", "end_role", "resume_role", "end_link", "remove_role", "words", "word",
        "remove_word", "new_person", "edit_person", "person_confirmed", "person_left",
        "person_returned", "remove", "remove_person", "enrol",
    )
}  # fmt: skip
TAGS = {"noun": "schlagworte"}
OWN_ROLE, OTHER_ROLE = {"contact_id": "own_role"}, {"contact_id": "other_role"}
OWN_FILE, OTHER_FILE = {"link_id": "own_file"}, {"link_id": "other_file"}
KEPT_FILE = {"link_id": "kept_file"}

LINES = [
    Line("partners_desk:list", MEMBERS),
    Line("partners_desk:enrol", EDITORS),
    Line("partners_desk:enrol", moved(EDITORS), method="post"),
    Line("partners_desk:list", MEMBERS, query="q=haus&stand=faellig&sort=-gesehen"),
    Line("partners_desk:people", MEMBERS),
    Line("partners_desk:people", MEMBERS, query="q=jana&stand=ohne-aufgabe"),
    Line("partners_desk:bulk", EDITORS, query="tat=bestaetigt&alle=ja"),
    Line("partners_desk:bulk", EDITORS, query="tat=schlagwort-dazu&alle=ja"),
    Line("partners_desk:people_bulk", EDITORS, query="tat=bestaetigt&alle=ja"),
    *(
        Line(f"partners_desk:{page}_done", EDITORS, of=f"partners_{page}", key="deed_id")
        for page in ("bulk", "people_bulk")
    ),
    *(
        Line(f"partners_desk:{page}_undo", POST_ONLY, of=f"partners_{page}", key="deed_id")
        for page in ("bulk", "people_bulk")
    ),
    *(
        Line(f"partners_desk:{page}_undo", moved(EDITORS), of=f"partners_{page}", key="deed_id",
             method="post")
        for page in ("bulk", "people_bulk")
    ),
    *(Line(f"partners_desk:{page}", POST_ONLY) for page in ("export", "export_people")),
    *(
        Line(f"partners_desk:{page}", EDITORS, method="post", data={"form": "csv"})
        for page in ("export", "export_people")
    ),
    *(Line(f"partners_desk:{page}", EDITORS) for page in ("new", "new_person")),
    *(
        Line(f"partners_desk:{page}", UNFINISHED, method="post", data={"name": ""})
        for page in ("new", "new_person")
    ),
    *(
        Line(f"partners_desk:{page}_suggestions", EDITORS, query=f"{page}=haus")
        for page in ("person", "organisation", "body")
    ),
    # One organisation
    Line("partners_desk:organisation", MEMBERS, of="mine", key=ORG),
    Line("partners_desk:organisation", OTHERS, of="theirs", key=ORG),
    *(
        Line(f"partners_desk:{page}", WRITERS, of="mine", key=ORG)
        for page in ("edit", "history", "files", "new_role")
    ),
    *(
        Line(f"partners_desk:{page}", KEPT_BY_OTHERS, of="theirs", key=ORG)
        for page in ("edit", "history", "files", "new_role")
    ),
    Line("partners_desk:edit", OWN_UNFINISHED, of="mine", key=ORG, method="post",
         data={"name": ""}),
    Line("partners_desk:files", OWN_UNFINISHED, of="mine", key=ORG, method="post"),
    Line("partners_desk:new_role", OWN_UNFINISHED, of="mine", key=ORG, method="post",
         data={"who": "bekannt"}),
    *(
        Line(f"partners_desk:{page}", EDITORS, of="theirs", key=ORG)
        for page in ("left", "returned", "remove", "taking_part")
    ),
    Line("partners_desk:confirmed", POST_ONLY, of="mine", key=ORG),
    Line("partners_desk:confirmed", moved(KEPT_BY_OTHERS), of="theirs", key=ORG, method="post"),
    Line("partners_desk:left", moved(EDITORS), of="leaving", key=ORG, method="post",
         data={"since": "2026-01-01"}),
    Line("partners_desk:returned", moved(EDITORS), of="gone", key=ORG, method="post"),
    Line("partners_desk:taking_part", UNFINISHED, of="theirs", key=ORG, method="post",
         data={"title": ""}),
    # Roles and files
    *(
        Line(f"partners_desk:{page}", WRITERS, of="mine", key=ORG, kwargs=OWN_ROLE)
        for page in ("role", "end_role", "resume_role")
    ),
    *(
        Line(f"partners_desk:{page}", KEPT_BY_OTHERS, of="theirs", key=ORG, kwargs=OTHER_ROLE)
        for page in ("role", "end_role", "resume_role")
    ),
    Line("partners_desk:remove_role", EDITORS, of="theirs", key=ORG, kwargs=OTHER_ROLE),
    Line("partners_desk:end_link", EDITORS, of="mine", key=ORG, kwargs=OWN_ROLE),
    Line("partners_desk:end_link", EDITORS, of="theirs", key=ORG, kwargs=OTHER_ROLE),
    Line("partners_desk:end_link", moved(EDITORS), of="theirs", key=ORG, kwargs=OTHER_ROLE,
         method="post"),
    Line("partners_desk:end_link", EDITORS | {"editor": 404, "coordinator": 404}, of="theirs",
         key=ORG, kwargs=OWN_ROLE),
    # A role of one organisation is not reached by way of another.
    Line("partners_desk:role", KEPT_BY_OTHERS | {"editor": 404, "coordinator": 404}, of="theirs",
         key=ORG, kwargs=OWN_ROLE),
    Line("partners_desk:end_role", moved(KEPT_BY_OTHERS), of="theirs", key=ORG, kwargs=OTHER_ROLE,
         method="post", data={"since": "2026-01-01"}),
    Line("partners_desk:resume_role", moved(KEPT_BY_OTHERS), of="theirs", key=ORG,
         kwargs=OTHER_ROLE, method="post"),
    Line("partners_desk:file", MEMBERS, of="mine", key=ORG, kwargs=OWN_FILE),
    Line("partners_desk:file", OTHERS, of="mine", key=ORG, kwargs=KEPT_FILE),
    Line("partners_desk:remove_file", KEPT_BY_OTHERS, of="mine", key=ORG, kwargs=KEPT_FILE),
    Line("partners_desk:file", OTHERS, of="theirs", key=ORG, kwargs=OTHER_FILE),
    Line("partners_desk:remove_file", WRITERS, of="mine", key=ORG, kwargs=OWN_FILE),
    Line("partners_desk:remove_file", KEPT_BY_OTHERS, of="theirs", key=ORG, kwargs=OTHER_FILE),
    # People
    Line("partners_desk:person", MEMBERS, of="own_person", key=PERSON),
    Line("partners_desk:person", OTHERS, of="other_person", key=PERSON),
    Line("partners_desk:person_history", WRITERS, of="own_person", key=PERSON),
    Line("partners_desk:person_history", KEPT_BY_OTHERS, of="other_person", key=PERSON),
    *(
        Line(f"partners_desk:{page}", EDITORS, of="other_person", key=PERSON)
        for page in ("edit_person", "person_left", "person_returned", "remove_person",
                     "new_role_of")
    ),
    Line("partners_desk:edit_person", UNFINISHED, of="other_person", key=PERSON, method="post",
         data={"family_name": ""}),
    Line("partners_desk:person_confirmed", POST_ONLY, of="other_person", key=PERSON),
    Line("partners_desk:person_confirmed", moved(EDITORS), of="other_person", key=PERSON,
         method="post"),
    Line("partners_desk:person_left", moved(EDITORS), of="leaving_person", key=PERSON,
         method="post", data={"since": "2026-01-01"}),
    Line("partners_desk:person_returned", moved(EDITORS), of="gone_person", key=PERSON,
         method="post"),
    # Own words
    *(
        Line("partners_desk:words", EDITORS, kwargs={"noun": noun})
        for noun in ("schlagworte", "unterarten", "berufsgruppen")
    ),
    Line("partners_desk:words", UNFINISHED, kwargs=TAGS, method="post", data={"name": ""}),
    *(
        Line(f"partners_desk:{page}", EDITORS, of="tag", key="word_id", kwargs=TAGS)
        for page in ("word", "remove_word")
    ),
    # The other network's, and what there never was
    *(
        Line(f"partners_desk:{page}", NOT_THERE | {"nobody": 302} | refused, of=record, key=ORG)
        for page, refused in (("organisation", {}), ("edit", {}), ("history", {}), ("files", {}),
                              ("left", {"reader": 403, "provider": 403}),
                              ("remove", {"reader": 403, "provider": 403}))
        for record in ("invented",)
    ),
    *(
        Line(f"partners_desk:{page}", NOT_THERE | {"nobody": 302} | refused, of="invented",
             key=PERSON)
        for page, refused in (("person", {}),
                              ("edit_person", {"reader": 403, "provider": 403}))
    ),
]  # fmt: skip


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """What the provider keeps, what others keep, and what has left."""
    own, other, leaving, gone = (
        save_organisation(actor=SYSTEM, level=Level.FACILITY, name=name, kind="childcare")
        for name in ("Haus der Anbieterin", "Anderes Haus", "Geht", "Gegangen")
    )
    leave_network(actor=SYSTEM, organisation=gone, since=date(2026, 1, 1))
    Representative.objects.create(organisation=own, user=people["provider"])
    persons = {
        name: save_person(actor=SYSTEM, given_name="Jana", family_name=name.title())
        for name in ("own_person", "other_person", "leaving_person", "gone_person")
    }
    leave(actor=SYSTEM, person=persons["gone_person"], since=date(2026, 1, 1))
    roles = {
        f"{name}_role": save_contact(
            actor=SYSTEM, organisation=house, person=persons[f"{name}_person"], name="Jana"
        )
        for name, house in (("own", own), ("other", other))
    }
    for role in roles.values():
        stop(actor=SYSTEM, contact=role, since=date(2099, 1, 1))
    files = {
        "own_file": _file(own, for_coordination=False),
        "other_file": _file(other, for_coordination=False),
        "kept_file": _file(own, for_coordination=True),
    }
    told = {"mine": own, "theirs": other, "leaving": leaving, "gone": gone, **persons, **roles,
            **files, "tag": save_tag(actor=SYSTEM, name="Kreis"), **_deeds(people)}  # fmt: skip
    return {name: one.pk for name, one in told.items()}


def _file(house: Organisation, *, for_coordination: bool) -> PartnerFile:
    return add_file(
        actor=SYSTEM,
        organisation=house,
        title="Faltblatt",
        name="faltblatt.pdf",
        content_type="application/pdf",
        content=b"%PDF-1.4 %%EOF",
        for_coordination=for_coordination,
    )


def _deeds(people: dict[str, User | None]) -> dict[str, BulkDeed]:
    coordinator = people["coordinator"]
    assert coordinator is not None
    actor = Member(coordinator, Role.COORDINATOR)
    return {
        f"partners_{name}": do_to_many(
            many, actor=actor, kind=CONFIRM, argument="", picked=[], address=""
        )
        for name, many in (("bulk", ORGANISATIONS), ("people_bulk", PEOPLE))
    }
