"""The profile of an import: chosen before, remembered after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.tools.imports.actions.runs import remember_profile
from knotenpunkt.tools.imports.columns import Mapping, Wishes
from knotenpunkt.tools.imports.profiles import ProfileDraft, profile_from, read_profile
from knotenpunkt.tools.imports.queries import profile_named


def chosen_profile(actor: Actor, kind: str, keys: Collection[str], named: str) -> ProfileDraft:
    """The profile of a file, or of a name; an unknown name becomes a new profile."""
    if not named:
        return ProfileDraft()
    if _is_file(named):
        return read_profile(Path(named), keys)
    kept = profile_named(actor, kind=kind, name=named)
    if kept is None:
        return ProfileDraft(name=named)
    return profile_from(kept.mapping, keys, default_name=named)


def is_new(actor: Actor, kind: str, named: str) -> bool:
    """Whether a name is given that nothing is remembered under."""
    return (
        bool(named) and not _is_file(named) and profile_named(actor, kind=kind, name=named) is None
    )


def _is_file(named: str) -> bool:
    return named.endswith(".json") or Path(named).is_file()


def remember(
    *, actor: Actor, kind: str, profile: ProfileDraft, source: str, mappings: Sequence[Mapping]
) -> None:
    """Keep a profile that has a name: as it was given, or as the columns were recognised."""
    if not profile.name:
        return
    wishes = profile.wishes
    if not (wishes.columns or wishes.fixed):
        wishes = Wishes(columns=_all_columns(mappings))
    kept = ProfileDraft(profile.name, source, wishes)
    remember_profile(actor=actor, kind=kind, draft=kept)


def _all_columns(mappings: Sequence[Mapping]) -> dict[str, tuple[str, ...]]:
    columns: dict[str, dict[str, None]] = {}
    for mapping in mappings:
        for key, names in mapping.columns.items():
            columns.setdefault(key, {}).update(dict.fromkeys(names))
    return {key: tuple(names) for key, names in columns.items()}


def unrecognised(mappings: Iterable[Mapping]) -> list[str]:
    """One sentence for each column that fills no field."""
    reason = _("The column “%(column)s” was not recognised; it is kept as original only.")
    on_sheet = _("Sheet “%(sheet)s”:")
    return [
        f"{on_sheet % {'sheet': mapping.table}} {told}" if mapping.table else told
        for mapping in mappings
        for told in (reason % {"column": name} for name in mapping.unknown)
    ]


def new_profile(name: str, source: str, *, dry_run: bool, own_source: bool) -> list[str]:
    """A misspelt name would otherwise start a second source without a word."""
    told = (
        _("The profile “%(name)s” is new and would be remembered.")
        if dry_run
        else _("The profile “%(name)s” is new and has been remembered.")
    ) % {"name": name}
    belongs = _("Ids and keys belong to a new source: %(source)s.") % {"source": source}
    return [f"{told} {belongs}" if own_source else told]
