"""What the network of an invented county has done so far: agreements, answering, sharing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone

from knotenpunkt.front.demo.inventing.county import House
from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.records import ACTOR, Row, rows_of
from knotenpunkt.front.demo.register import Register
from knotenpunkt.registers.agreements.actions import add_parties, save_agreement
from knotenpunkt.registers.agreements.models import AgreementKind
from knotenpunkt.registers.areas.models import Region
from knotenpunkt.registers.library.actions import (
    publish_version,
    record_adoptions,
    save_material,
)
from knotenpunkt.registers.library.models import Version
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.partners.models import Contact, Organisation, PartnerKind
from knotenpunkt.registers.responsibilities.actions import save_responsibility
from knotenpunkt.registers.responsibilities.models import Duty, ForWhom

EARLY, CHILDHOOD = 36, 120
"""Months: early help reaches to three years, the prevention chain of the demo to ten."""
MOST_ADOPT, MOST_ANSWER = 400, 3
PROTECTING = (PartnerKind.CHILDCARE, PartnerKind.FREE_YOUTH_WELFARE)

# Which kind of house answers families about what.
FAMILIES: dict[PartnerKind, tuple[str, ...]] = {
    PartnerKind.PREGNANCY_COUNSELLING: ("schwangerschaft", "schwangerschaftskonflikt", "geld"),
    PartnerKind.PUBLIC_YOUTH_WELFARE: ("ueberlastung", "alltag", "schreien"),
    PartnerKind.EARLY_INTERVENTION: ("entwicklung", "behinderung"),
    PartnerKind.SOCIAL_COUNSELLING: ("krise", "erziehung"),
    PartnerKind.FAMILY_EDUCATION: ("stillen", "bindung"),
    PartnerKind.HEALTH_OFFICE: ("vorsorge", "sprache"),
}
# Which kind of house answers professionals about what.
COLLEAGUES: dict[PartnerKind, tuple[Duty, ...]] = {
    PartnerKind.PUBLIC_YOUTH_WELFARE: (Duty.PLACEMENT, Duty.PROTECTION),
    PartnerKind.FREE_YOUTH_WELFARE: (Duty.ISEF,),
    PartnerKind.FAMILY_EDUCATION: (Duty.TRAINING,),
    PartnerKind.MULTI_GENERATION_HOUSE: (Duty.MATERIAL,),
}


class Doings:
    """Does it all in one network, among its register; always the same for the same day."""

    def __init__(self, demo: DemoNetwork, register: Register) -> None:
        self.demo, self.register = demo, register
        self.today = timezone.localdate()
        self.chance = random.Random(f"doings {demo.slug}")  # noqa: S311 - nothing secret
        self.partners = list(zip(register.county.houses, register.organisations, strict=True))

    def all_of_them(self) -> None:
        """Agreements first: whoever signed is a partner."""
        self._agreements()
        self._responsibilities()
        self._materials()

    def _agreements(self) -> None:
        active = [pair for pair in self.partners if pair[0].left_on is None]
        self._signed(
            AgreementKind.COOPERATION,
            f"Grundsätze der Zusammenarbeit im Netzwerk {self.demo.short_name}",
            [one for _house, one in active if self.chance.random() < 0.62],
            began=900,
            lasts=1_800,
        )
        self._signed(
            AgreementKind.COOPERATION,
            "Gemeinsames Vorgehen rund um die Geburt",
            [one for house, one in active if house.kind == PartnerKind.HEALTH_PROFESSION][::3],
            began=1_030,
            lasts=1_095,
        )
        bodies = [pair for pair in active if pair[0].is_body]
        self._signed(
            AgreementKind.PROTECTION,
            "Schutzauftrag bei Kindeswohlgefährdung",
            [one for _house, one in bodies if self.chance.random() < 0.85],
            began=700,
            lasts=None,
        )
        self._signed(
            AgreementKind.CERTIFICATES,
            "Erweiterte Führungszeugnisse im Neben- und Ehrenamt",
            [one for _house, one in bodies if self.chance.random() < 0.6],
            began=1_020,
            lasts=1_095,
        )

    def _signed(
        self,
        kind: AgreementKind,
        title: str,
        those: Sequence[Organisation],
        *,
        began: int,
        lasts: int | None,
    ) -> None:
        """They signed on four days, the first of them when it was concluded."""
        first = self._ago(began)
        agreement = save_agreement(
            actor=ACTOR,
            kind=kind,
            title=title,
            signed_on=first,
            valid_until=first + timedelta(days=lasts) if lasts else None,
        )
        for part in range(4):
            day = first + timedelta(days=part * began // 5)
            add_parties(actor=ACTOR, agreement=agreement, organisations=those[part::4], on=day)

    def _responsibilities(self) -> None:
        topics = {topic.key: topic for topic in Topic.objects.all()}
        for kind, keys in FAMILIES.items():
            for house, contact in self._answering(kind):
                save_responsibility(
                    actor=ACTOR,
                    contact=contact,
                    topics=[topics[self.chance.choice(keys)]],
                    regions=self._regions(house),
                    for_whom=ForWhom.BOTH,
                    age_from=0,
                    age_to=EARLY,
                )
        for kind, duties in COLLEAGUES.items():
            for house, contact in self._answering(kind):
                save_responsibility(
                    actor=ACTOR,
                    contact=contact,
                    duties=[self.chance.choice(duties)],
                    regions=self._regions(house),
                    for_whom=ForWhom.PROFESSIONALS,
                    age_from=0,
                    age_to=CHILDHOOD,
                )

    def _answering(self, kind: PartnerKind) -> Iterator[tuple[House, Contact]]:
        """A few houses of this kind in each region, each with somebody who can be called."""
        served: Counter[tuple[str, ...]] = Counter()
        for house, organisation in self.partners:
            if house.kind != kind or house.is_body or house.left_on or not house.phone:
                continue
            contact = organisation.contacts.filter(person=None).first()
            if contact is not None and served[house.regions] < MOST_ANSWER:
                served[house.regions] += 1
                yield house, contact

    def _regions(self, house: House) -> list[Region]:
        return [self.register.regions[name] for name in house.regions]

    def _materials(self) -> None:
        for row in rows_of(self.demo, "materials"):
            self._material(row)

    def _material(self, row: Row) -> None:
        known = self.register.professions
        material = save_material(
            actor=ACTOR,
            title=row["title"],
            kind=row["kind"],
            purpose=row["purpose"],
            is_public=row["public"],
            professions=[known[name] for name in row["professions"] if name in known],
        )
        for told in row["versions"]:
            version = publish_version(
                actor=ACTOR,
                material=material,
                changed=told["changed"],
                text=told["text"],
                on=self._ago(told["days_ago"]),
            )
            self._adopted(version, told["days_ago"])

    def _adopted(self, version: Version, days: int) -> None:
        """The longer it is out, the more have taken it over."""
        share = min(0.7, days / 1_200)
        those = [one for house, one in self.partners if not house.is_body and not house.left_on]
        taken = [one for one in those if self.chance.random() < share]
        record_adoptions(actor=ACTOR, version=version, those=taken[:MOST_ADOPT])

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)
