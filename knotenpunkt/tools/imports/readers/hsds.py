"""JSON of the Human Services Data Specification 3.x, and plain lists of JSON objects.

Each service becomes one row. What hangs below it (organisation, place, telephones, times …)
is laid out in columns whose names join the path with a dot: `organization.name`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.readers.geojson import flat
from knotenpunkt.tools.imports.readers.separated import MAX_ROWS
from knotenpunkt.tools.imports.tables import Cell, Reading, Row, Table, UnreadableFile

_LISTS = ("contents", "services", "organizations", "items", "data", "results")
_PARTS = {"organization", "location", "program", "service"}
_DAYS = {"MO": "Mo", "TU": "Di", "WE": "Mi", "TH": "Do", "FR": "Fr", "SA": "Sa", "SU": "So"}
_ADDRESS = ("address_1", "address_2", "postal_code", "city", "state_province", "country")


def read_hsds(document: Any) -> Reading:
    """One row per service of a list, page, single service, or organisation with services."""
    services = list(_services(document))
    if not services:
        raise UnreadableFile(_("The JSON holds no list of services."))
    if len(services) > MAX_ROWS:
        raise UnreadableFile(_("The file has too many rows or columns to be a list."))
    whole = [item for item in services if not _is_organisation(item)]
    if not whole:
        raise UnreadableFile(_("The JSON holds organisations, but no services."))
    rows = tuple(Row(number, _values(item)) for number, item in enumerate(whole, start=1))
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    left_out = [*_missing_pages(document), *_without_services(services)]
    return Reading("HSDS JSON", (Table("", columns, rows),), tuple(left_out))


def _services(document: Any) -> Iterable[dict[str, Any]]:
    if isinstance(document, list):
        for item in document:
            yield from _services(item)
    elif isinstance(document, dict):
        inner = next((document[key] for key in _LISTS if _is_list_of_objects(document, key)), None)
        if inner is None:
            yield _whole(document)
        else:
            for service in _services(inner):
                yield _with_organisation(service, document)


def _is_organisation(item: dict[str, Any]) -> bool:
    """An organisation that stands in a list without any services below it."""
    telling = ("tax_status", "legal_status", "year_incorporated", "parent_organization_id")
    return any(key in item for key in telling) and "organization" not in item


def _without_services(services: list[dict[str, Any]]) -> list[str]:
    names = [str(item.get("name", "")) for item in services if _is_organisation(item)]
    return [_("The organisation “%(name)s” has no services.") % {"name": name} for name in names]


def _is_list_of_objects(document: dict[str, Any], key: str) -> bool:
    items = document.get(key)
    return isinstance(items, list) and all(isinstance(item, dict) for item in items)


def _whole(document: dict[str, Any]) -> dict[str, Any]:
    """A service_at_location is its service, held at its one location."""
    service = document.get("service")
    if not isinstance(service, dict) or not isinstance(document.get("location"), dict):
        return document
    return service | {"service_at_locations": [_without(document, "service")]}


def _with_organisation(service: dict[str, Any], parent: dict[str, Any]) -> dict[str, Any]:
    """Services inside an organisation's record do not repeat whose they are."""
    if "services" not in parent or "name" not in parent or "organization" in service:
        return service
    return service | {"organization": _without(parent, "services")}


def _without(document: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != key}


def _missing_pages(document: Any) -> tuple[str, ...]:
    if not isinstance(document, dict) or not isinstance(document.get("total_pages"), int):
        return ()
    pages, number = document["total_pages"], document.get("page_number", 1)
    if pages <= 1:
        return ()
    return (
        _("The file is page %(page)s of %(pages)s; the other pages are not in it.")
        % {"page": number, "pages": pages},
    )


def _values(service: dict[str, Any]) -> dict[str, Cell]:
    values: dict[str, Cell] = {}
    for key, value in service.items():
        if isinstance(value, (dict, list)):
            values |= _structure(key, value)
        else:
            values[key] = flat(value)
    return values


def _structure(key: str, value: Any) -> dict[str, Cell]:
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if key in {"service_at_locations", "locations"} and items:
        return _locations(items)
    if key == "location" and isinstance(value, dict):
        return _location(value)
    if key in _PARTS and isinstance(value, dict):
        return {f"{key}.{name}": cell for name, cell in _values(value).items() if _told(cell)}
    reader = _READERS.get(key)
    return {key: reader(items)} if reader and items else {key: flat(value)}


def _locations(items: list[dict[str, Any]]) -> dict[str, Cell]:
    """The first place in columns; further ones in one column, so that none is lost."""
    first = items[0]
    values = _location(first.get("location") if isinstance(first.get("location"), dict) else first)
    for key in ("phones", "schedules", "contacts"):
        if isinstance(first.get(key), list):
            values |= {
                f"location.{name}": cell for name, cell in _structure(key, first[key]).items()
            }
    others = [_one_line(_location(item.get("location") or item)) for item in items[1:]]
    if others:
        values["further_locations"] = "; ".join(others)
    return values


def _location(location: Any) -> dict[str, Cell]:
    if not isinstance(location, dict):
        return {}
    values: dict[str, Cell] = {}
    for key, value in location.items():
        if key == "addresses" and isinstance(value, list):
            values |= _address(value)
        elif isinstance(value, (dict, list)):
            values |= {f"location.{name}": cell for name, cell in _structure(key, value).items()}
        else:
            values[f"location.{key}"] = flat(value)
    return {name: cell for name, cell in values.items() if _told(cell)}


def _address(addresses: list[Any]) -> dict[str, Cell]:
    """The address one can go to, rather than the one one writes to."""
    known = [item for item in addresses if isinstance(item, dict)]
    physical = [item for item in known if item.get("address_type") != "postal"]
    chosen = (physical or known or [{}])[0]
    return {f"address.{key}": flat(chosen.get(key)) for key in _ADDRESS if chosen.get(key)}


def _one_line(values: dict[str, Cell]) -> str:
    names = ("location.name", "address.address_1", "address.postal_code", "address.city")
    return ", ".join(str(values[name]) for name in names if values.get(name))


def _told(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _phones(items: list[dict[str, Any]]) -> Cell:
    kept = [item for item in items if item.get("type") != "fax"]
    return "; ".join(str(item["number"]).strip('" ') for item in kept if item.get("number"))


def _schedules(items: list[dict[str, Any]]) -> Cell:
    return "; ".join(filter(None, (_schedule(item) for item in items)))


def _schedule(item: dict[str, Any]) -> str:
    """`Do, Fr 10:00-18:00` where the rule is weekly; else the words that describe it."""
    days = [_DAYS.get(day.strip(), "") for day in str(item.get("byday") or "").split(",")]
    opens, closes = str(item.get("opens_at") or ""), str(item.get("closes_at") or "")
    weekly = item.get("freq") == "WEEKLY" and item.get("interval", 1) in (1, None)
    if not (weekly and all(days) and opens and closes):
        return str(item.get("description") or "")
    text = f"{', '.join(days)} {opens[:5]}-{closes[:5]}"
    end = item.get("valid_to") or item.get("until")
    # Part of a record and not of a page: always in the language of the weekdays above.
    return f"{text} (bis {end})" if end else text


def _languages(items: list[dict[str, Any]]) -> Cell:
    return "; ".join(str(item.get("code") or item.get("name") or "") for item in items)


def _costs(items: list[dict[str, Any]]) -> Cell:
    texts = []
    for item in items:
        parts = (item.get("option"), item.get("amount"), item.get("currency"))
        told = [*parts, item.get("amount_description")]
        texts.append(" ".join(str(part) for part in told if part not in (None, "")))
    return "; ".join(filter(None, texts))


def _terms(items: list[dict[str, Any]]) -> Cell:
    terms = [item.get("taxonomy_term") for item in items]
    names = [term.get("name") for term in terms if isinstance(term, dict)]
    return "; ".join(str(name) for name in names if name)


def _contact_names(items: list[dict[str, Any]]) -> Cell:
    return "; ".join(str(item["name"]) for item in items if item.get("name"))


def _descriptions(items: list[dict[str, Any]]) -> Cell:
    return "; ".join(str(item["description"]) for item in items if item.get("description"))


def _capacities(items: list[dict[str, Any]]) -> Cell:
    """How many places are free; units other than the first one are not comparable."""
    return flat(items[0].get("available"))


_READERS = {
    "phones": _phones,
    "schedules": _schedules,
    "languages": _languages,
    "cost_options": _costs,
    "attributes": _terms,
    "contacts": _contact_names,
    "accessibility": _descriptions,
    "capacities": _capacities,
}
