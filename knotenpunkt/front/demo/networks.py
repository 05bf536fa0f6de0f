"""Who the demo networks are, and who signs in there."""

from __future__ import annotations

from dataclasses import dataclass

from knotenpunkt.foundation.accounts.rights import Role

PASSWORD = "demo-frueh-helfen"  # noqa: S105 - printed at every start, works in the demo only


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A person of the demo."""

    email: str
    name: str
    role: Role
    keeps: str = ""  # key of the organisation of a provider
    region: str = ""  # which region a sub-coordinator looks after


@dataclass(frozen=True, slots=True)
class DemoNetwork:
    """A network of the demo; `phones` begins a range of numbers reserved for fiction."""

    slug: str
    name: str
    short_name: str
    area_keys: tuple[str, ...]
    accent: str
    mark: str
    contact_name: str
    contact_phone: str
    phones: str
    logins: tuple[DemoLogin, ...]

    @property
    def details(self) -> dict[str, object]:
        """The values that `found_network` takes."""
        return {
            "slug": self.slug,
            "name": self.name,
            "short_name": self.short_name,
            "area_keys": self.area_keys,
            "accent": self.accent,
            "mark": self.mark,
            "operator": f"Demo-Netzwerk {self.short_name} (erfunden)",
            "operator_address": "Musterweg 1\n00000 Musterstadt",
            "contact_name": self.contact_name,
            "contact_function": "Ihre Ansprechpartnerin im Netzwerk",
            "contact_phone": self.contact_phone,
            "contact_email": f"netzwerk@{self.slug}.example.org",
            "contact_hours": "Mo–Do 9–15 Uhr, Fr 9–12 Uhr",
            "is_demo": True,
        }


STOLLBERG, AUE = "Altkreis Stollberg", "Altkreis Aue-Schwarzenberg"
# A programme of a Land has members in many counties.
THURINGIA = tuple(f"160{number}" for number in (*range(51, 56), *range(61, 78)))

NETWORKS = (
    DemoNetwork(
        slug="mittelsachsen",
        name="Demo-Netzwerk Frühe Hilfen Mittelsachsen",
        short_name="Mittelsachsen",
        area_keys=("14522",),
        accent="#0B5D55",
        mark="path",
        contact_name="Jana Wolfram",
        contact_phone="030 23125 040",
        phones="030 23125 ",
        logins=(
            DemoLogin("petra@example.org", "Petra Lindner", Role.COORDINATOR),
            DemoLogin("ede@example.org", "Edeltraud Nowak", Role.EDITOR),
            DemoLogin("birgit@example.org", "Birgit Haferkorn", Role.READER),
            DemoLogin(
                "frida@example.org", "Frida Sommerfeld", Role.PROVIDER, keeps="n1-quellgrund"
            ),
        ),
    ),
    DemoNetwork(
        slug="bautzen",
        name="Demo-Netzwerk Frühe Hilfen Bautzen",
        short_name="Bautzen",
        area_keys=("14625",),
        accent="#7A3B69",
        mark="bridge",
        contact_name="Hanka Schurig",
        contact_phone="069 90009 040",
        phones="069 90009 ",
        logins=(DemoLogin("berta@example.org", "Berta Mickel", Role.COORDINATOR),),
    ),
    DemoNetwork(
        slug="erzgebirgskreis",
        name="Demo-Netzwerk Kinderschutz Erzgebirgskreis",
        short_name="Erzgebirgskreis",
        area_keys=("14521",),
        accent="#8A3B12",
        mark="ring",
        contact_name="Ulla Nierth",
        contact_phone="0221 4710 040",
        phones="0221 4710 ",
        logins=(
            DemoLogin("erna@example.org", "Erna Leibiger", Role.COORDINATOR),
            DemoLogin("stella@example.org", "Stella Weckbrodt", Role.EDITOR, region=STOLLBERG),
            DemoLogin("arno@example.org", "Arno Hiekel", Role.EDITOR, region=AUE),
        ),
    ),
    DemoNetwork(
        slug="peine",
        name="Demo-Präventionskette Peine",
        short_name="Peine",
        area_keys=("03157",),
        accent="#2F4B9A",
        mark="knot",
        contact_name="Meret Oltmanns",
        contact_phone="040 66969 040",
        phones="040 66969 ",
        logins=(DemoLogin("carla@example.org", "Carla Behrens", Role.COORDINATOR),),
    ),
    DemoNetwork(
        slug="thekiz",
        name="Demo-Netz der Eltern-Kind-Zentren Thüringen",
        short_name="ThEKiZ Thüringen",
        area_keys=THURINGIA,
        accent="#3F6212",
        mark="wave",
        contact_name="Thea Ortlepp",
        contact_phone="089 99998 040",
        phones="089 99998 ",
        logins=(DemoLogin("tilda@example.org", "Tilda Krannich", Role.COORDINATOR),),
    ),
)
