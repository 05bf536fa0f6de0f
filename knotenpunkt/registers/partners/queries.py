"""Reads of partners."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.core.folding import fold
from knotenpunkt.foundation.networks.scope import Reach, current_scope
from knotenpunkt.registers.areas.models import Place, Region
from knotenpunkt.registers.partners.models import (
    Contact,
    Involvement,
    Level,
    Organisation,
    PartnerFile,
    Person,
    Profession,
    Representative,
    SubKind,
    Tag,
)
from knotenpunkt.registers.partners.rules import holds_role, is_here, may_see_internal
from knotenpunkt.tools.lists.matching import says, words_of

LONGEST, MOST_WORDS = 300, 12
NEAR_DEGREES = 0.08
REGISTERED = re.compile(r"\be\s*\.?\s*v\b\.?", re.IGNORECASE)


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that this actor may see; a provider sees theirs before others do."""
    rows: QuerySet[Organisation] = Organisation.objects.select_related("body", "place")
    if may_see_internal(actor):
        return rows
    return rows.filter(Organisation.published_when | Q(pk__in=represented_by(actor)))


def contacts(actor: Actor) -> QuerySet[Contact]:
    """The roles that this actor may see; what of them is shown, their audiences say."""
    rows: QuerySet[Contact] = Contact.objects.select_related("organisation", "person")
    if may_see_internal(actor):
        return rows
    shown = Q(Contact.published_when, is_internal=False)
    return rows.filter(shown | Q(organisation__in=represented_by(actor)))


def people(actor: Actor) -> QuerySet[Person]:
    """The people who have a role that this actor may see; members of the register see all."""
    rows: QuerySet[Person] = Person.objects.select_related("profession")
    if may_see_internal(actor):
        return rows
    return rows.filter(pk__in=contacts(actor).exclude(person=None).order_by().values("person"))


def represented_by(actor: Actor) -> frozenset[UUID]:
    """The organisations whose entries this person keeps as a provider, with their facilities.

    None where all networks' published records are read: there nobody keeps anything.
    """
    scope = current_scope()
    if actor.user_id is None or (scope is not None and scope.reach is Reach.PUBLISHED):
        return frozenset()
    own = Representative.objects.filter(user_id=actor.user_id).values("organisation_id")
    rows = Organisation.objects.filter(Q(pk__in=own) | Q(body_id__in=own))
    return frozenset(rows.values_list("pk", flat=True))


def names_of(organisation_ids: Iterable[UUID]) -> list[str]:
    """What these organisations are called; those that are gone are left out."""
    rows = Organisation.objects.filter(pk__in=list(organisation_ids))
    return list(rows.values_list("name", flat=True))


def kept_by(user_id: UUID) -> frozenset[UUID]:
    """The organisations that this person was given to keep, without their facilities."""
    rows = Representative.objects.filter(user_id=user_id)
    return frozenset(rows.values_list("organisation_id", flat=True))


def name_key(name: str) -> str:
    """What two spellings of one body share: "Hilfe e.V." and "HILFE  e. V." are the same."""
    return fold(REGISTERED.sub("ev", name)).strip()


def person_key(given_name: str, family_name: str) -> str:
    """What spellings of one name share, whichever part stands first."""
    return " ".join(sorted(fold(f"{given_name} {family_name}").replace("-", " ").split()))


def organisations_at_desk(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that this member looks after: all, or those that a provider keeps."""
    actor.must(Right.OPEN_DESK)
    rows: QuerySet[Organisation] = Organisation.objects.select_related("body", "place", "sub_kind")
    return rows if may_see_internal(actor) else rows.filter(pk__in=represented_by(actor))


def get_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """One of them; Organisation.DoesNotExist."""
    return organisations_at_desk(actor).get(pk=organisation_id)


def roles_at_desk(actor: Actor) -> QuerySet[Contact]:
    """The roles, held or former, in the organisations that this member looks after."""
    actor.must(Right.OPEN_DESK)
    rows: QuerySet[Contact] = Contact.objects.select_related("organisation__body", "person")
    if may_see_internal(actor):
        return rows
    return rows.filter(organisation__in=represented_by(actor))


def get_role(actor: Actor, organisation: Organisation, contact_id: UUID) -> Contact:
    """One role at this organisation; Contact.DoesNotExist."""
    rows = roles_at_desk(actor).prefetch_related("phones", "releases")
    found: Contact = rows.get(pk=contact_id, organisation=organisation)
    return found


def people_at_desk(actor: Actor) -> QuerySet[Person]:
    """The people that this member looks after: all, or those who serve what a provider keeps."""
    actor.must(Right.OPEN_DESK)
    rows: QuerySet[Person] = Person.objects.select_related("profession")
    if may_see_internal(actor):
        return rows
    serving = roles_at_desk(actor).exclude(person=None).order_by()
    return rows.filter(pk__in=serving.values("person"))


def get_person(actor: Actor, person_id: UUID) -> Person:
    """One of them; Person.DoesNotExist."""
    return people_at_desk(actor).get(pk=person_id)


def tags() -> list[Tag]:
    """The words by which the network sorts its partners."""
    return list(Tag.objects.order_by("name"))


def sub_kinds() -> list[SubKind]:
    """The network's own words inside the kinds."""
    return list(SubKind.objects.order_by("kind", "name"))


def professions() -> list[Profession]:
    """The professional groups, in their order."""
    return list(Profession.objects.all())


def profession_name(key: str) -> str:
    """The name of a professional group by its key; "" when it is gone."""
    return next((one.name for one in professions() if str(one.pk) == key), "")


def bodies(actor: Actor) -> QuerySet[Organisation]:
    """The bodies that facilities may belong to; PermissionDenied for those who keep none."""
    actor.must(Right.EDIT_REGISTERS)
    rows: QuerySet[Organisation] = Organisation.objects.filter(level=Level.BODY)
    return rows.order_by("name_key")


def people_like(actor: Actor, typed: str, *, limit: int = 10) -> list[Person]:
    """People who have all typed words in their name."""
    actor.must(Right.EDIT_REGISTERS)
    rows: QuerySet[Person] = Person.objects.select_related("profession")
    for word in fold(typed[:LONGEST]).split()[:MOST_WORDS]:
        rows = rows.filter(name_key__contains=word)
    return list(rows.order_by("family_name", "given_name")[:limit]) if typed.strip() else []


def ids_of_named(actor: Actor, typed: str) -> set[UUID]:
    """The ids of everybody with all typed words in their name: people, their roles, offices."""
    actor.must(Right.READ_INTERNAL)
    words = words_of(typed[:LONGEST])
    if not words:
        return set()
    named = Q(*(Q(name_key__contains=fold(word)) for word in words))
    people = set(Person.objects.filter(named).values_list("pk", flat=True))
    shown = Q(*(says(F("name"), word) for word in words))
    roles = Contact.objects.filter(shown | Q(person__in=people))
    return people | set(roles.values_list("pk", flat=True))


def organisations_like(actor: Actor, typed: str, *, limit: int = 10) -> list[Organisation]:
    """Organisations that this member looks after, with all typed words in their name or place."""
    rows = organisations_at_desk(actor)
    for word in name_key(typed[:LONGEST]).split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(name_key__contains=word)
            | Q(body__name_key__contains=word)
            | Q(place__town__icontains=word)
        )
    return list(rows.order_by("name_key")[:limit]) if typed.strip() else []


def names_behind(keys: Collection[str]) -> dict[str, str]:
    """What the records of these keys are called today: the audit keeps keys only.

    Five queries; none for no key.
    """
    if not keys:
        return {}
    found: dict[str, str] = {}
    for model in (Organisation, SubKind, Profession, Person, Place, Region):
        found |= {str(row.pk): str(row) for row in model.objects.filter(pk__in=keys)}
    return found


def partner_files(actor: Actor, organisation: Organisation) -> list[PartnerFile]:
    """The files of an organisation that this member may see, without their content."""
    return list(_files_at_desk(actor).filter(organisation=organisation))


def get_file(actor: Actor, organisation: Organisation, link_id: UUID) -> PartnerFile:
    """One of them; PartnerFile.DoesNotExist."""
    return _files_at_desk(actor).get(pk=link_id, organisation=organisation)


def _files_at_desk(actor: Actor) -> QuerySet[PartnerFile]:
    """A provider sees what is shared with them, not what the coordination keeps for itself."""
    actor.must(Right.OPEN_DESK)
    rows: QuerySet[PartnerFile] = PartnerFile.objects.select_related("file", "organisation")
    shown = rows if may_see_internal(actor) else rows.filter(for_coordination=False)
    return shown.defer("file__content")


def uses_of_words(noun: type[Tag] | type[SubKind] | type[Profession]) -> QuerySet[Any]:
    """The words of one sort, with `.used`: how many partners carry each."""
    rows = noun.objects.all()
    path = {Tag: "uses", SubKind: "organisations", Profession: "people"}[noun]
    found: QuerySet[Any] = rows.annotate(used=Count(path))
    return found


def current_roles(actor: Actor, organisation: Organisation) -> list[Contact]:
    """Who has a role there today, those first who are asked."""
    rows = roles_at_desk(actor).filter(holds_role(timezone.localdate()), organisation=organisation)
    return list(rows.order_by("-answers_inquiries", "position", "name"))


def left_without(ending: Sequence[Contact]) -> frozenset[UUID]:
    """Organisations where nobody could be asked any more, nor at their bodies, without these."""
    houses = {one.organisation_id: one.organisation.body_id for one in ending}
    rows = Contact.objects.filter(holds_role(timezone.localdate()))
    rows = rows.filter(organisation__in={*houses, *filter(None, houses.values())})
    others = set(
        rows.exclude(pk__in=[one.pk for one in ending]).values_list("organisation_id", flat=True)
    )
    return frozenset(house for house, body in houses.items() if not {house, body} & others)


def roles_of_person(actor: Actor, person: Person) -> list[Contact]:
    """All roles of a person, those that are held before those that ended, with their ways."""
    rows = roles_at_desk(actor).filter(person=person).prefetch_related("phones", "releases")
    told = list(rows.order_by("organisation__name_key"))
    return sorted(told, key=lambda one: (not one.is_current, one.organisation.name_key))


def facility_count(organisation: Organisation) -> int:
    """How many facilities it runs."""
    return int(Organisation.objects.filter(body=organisation).count())


def houses_of(person: Person) -> list[str]:
    """The names of the organisations of a person, to tell namesakes apart."""
    rows = Contact.objects.filter(person=person).order_by("organisation__name")
    return list(rows.values_list("organisation__name", flat=True)[:3])


def roles_of_organisation(actor: Actor, organisation: Organisation) -> list[Contact]:
    """All roles there, held or former, with their ways; offices and those who are asked first."""
    rows = roles_at_desk(actor).filter(organisation=organisation).prefetch_related("phones")
    told = list(rows.order_by("-answers_inquiries", "position", "name"))
    return sorted(told, key=lambda one: not one.is_current)


def involvement(**partner: Organisation | Person) -> list[Involvement]:
    """What a partner took part in, the last first."""
    return list(Involvement.objects.filter(**partner).select_related("person", "organisation"))


def facilities_of(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """What a body runs, by name."""
    rows = organisations_at_desk(actor).filter(body=organisation)
    return list(rows.order_by("name_key"))


def regions_of(organisation: Organisation) -> list[Region]:
    """The regions that it works for."""
    return list(Region.objects.filter(organisation_links__organisation=organisation))


def tags_of(partner: Organisation | Person) -> list[Tag]:
    """Its tags, by name."""
    side = "organisation" if isinstance(partner, Organisation) else "person"
    return list(Tag.objects.filter(**{f"uses__{side}": partner}).order_by("name"))


def nearby(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """Others of the network a few kilometres around it."""
    degrees = NEAR_DEGREES
    place = organisation.place
    if place is None or place.latitude is None or place.longitude is None:
        return []
    rows = organisations_at_desk(actor).filter(
        is_here(timezone.localdate()),
        place__latitude__range=(place.latitude - degrees, place.latitude + degrees),
        place__longitude__range=(place.longitude - degrees, place.longitude + degrees),
    )
    return list(rows.exclude(pk=organisation.pk)[:200])
