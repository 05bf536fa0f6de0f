"""The profile of an import: chosen before, remembered after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.registers.offers.imports.fields import FIELD_KEYS
from knotenpunkt.tools.imports.actions.runs import remember_profile
from knotenpunkt.tools.imports.columns import Mapping, Wishes
from knotenpunkt.tools.imports.profiles import ProfileDraft, profile_from, read_profile
from knotenpunkt.tools.imports.queries import profile_named

KIND = "offers"


def chosen_profile(actor: Actor, named: str) -> ProfileDraft:
    """The profile of a file, or of a name; an unknown name becomes a new profile."""
    if not named:
        return ProfileDraft()
    if _is_file(named):
        return read_profile(Path(named), FIELD_KEYS)
    kept = profile_named(actor, kind=KIND, name=named)
    if kept is None:
        return ProfileDraft(name=named)
    return profile_from(kept.mapping, FIELD_KEYS, default_name=named)


def is_new(actor: Actor, named: str) -> bool:
    """Whether a name is given that nothing is remembered under."""
    return (
        bool(named) and not _is_file(named) and profile_named(actor, kind=KIND, name=named) is None
    )


def _is_file(named: str) -> bool:
    return named.endswith(".json") or Path(named).is_file()


def remember(
    *, actor: Actor, profile: ProfileDraft, source: str, mappings: Sequence[Mapping]
) -> None:
    """Keep a profile that has a name: as it was given, or as the columns were recognised."""
    if not profile.name:
        return
    wishes = profile.wishes
    if not (wishes.columns or wishes.fixed):
        wishes = Wishes(columns=_all_columns(mappings))
    kept = ProfileDraft(profile.name, source, wishes)
    remember_profile(actor=actor, kind=KIND, draft=kept)


def _all_columns(mappings: Sequence[Mapping]) -> dict[str, tuple[str, ...]]:
    columns: dict[str, dict[str, None]] = {}
    for mapping in mappings:
        for key, names in mapping.columns.items():
            columns.setdefault(key, {}).update(dict.fromkeys(names))
    return {key: tuple(names) for key, names in columns.items()}
