"""Brings a back-up into an installation: the same one, another machine, or the other database.

The back-up is read and checked as a whole, put together in staging with the schema that it was made
from, brought up to the program's schema, counted, and then put in place in one step.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from knotenpunkt.foundation.core.sealing import KEY_BYTES, MasterKeys
from knotenpunkt.foundation.networks import row_level_security
from knotenpunkt.foundation.networks.installation import create_tables, is_empty, prepare_database
from knotenpunkt.front.operating import backup, keys, rows
from knotenpunkt.front.operating.archive import BackupProblem, Manifest, Reader, safe_path
from knotenpunkt.front.operating.staging import (
    owner_is_postgresql,
    put_in_place,
    refuse_in_use,
    staging,
)
from knotenpunkt.tools.jobs.models import State
from knotenpunkt.tools.mail.queries import WORK as MAIL

Tell = Callable[[str], None]
LOCK = "restoring.lock"
INHABITED = ("networks_network", "accounts_user")


@dataclass(frozen=True, slots=True)
class Loss:
    """What stays unreadable without a master key: `values` of `column`, sealed with `version`."""

    column: str
    version: str
    values: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is restored, and how."""

    file: Path
    master_keys: MasterKeys | None = None
    as_it_was: bool = False


def opened(file: Path) -> Manifest:
    """What the back-up says about itself; BackupProblem when it could not be restored here."""
    refuse_without_owner()
    manifest = backup.verify(file)
    rows.known_migrations(MigrationLoader(None), manifest.migrations)
    for name in manifest.files:
        if safe_path(name).parts[0] not in backup.KEPT_FILES:
            raise BackupProblem(f"The back-up is damaged: it names the file {name}.")
    return manifest


def refuse_without_owner() -> None:
    """What makes tables needs the login that owns them."""
    if owner_is_postgresql() and "owner" not in connections.settings:
        raise BackupProblem("This needs the owner of the database: set DATABASE_URL.")


def is_inhabited() -> bool:
    """Whether the installation holds anything that a restore would take away."""
    if is_empty():
        return False
    owner = connections[settings.OWNER_DATABASE]
    there = [name for name in INHABITED if name in owner.introspection.table_names()]
    with owner.cursor() as cursor:
        for name in there:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name})")  # noqa: S608
            if cursor.fetchone()[0]:
                return True
    return False


def losses(manifest: Manifest, given: MasterKeys | None) -> list[Loss]:
    """What nobody could read after a restore with these master keys (None: the ones here)."""
    have = keys.fingerprints(given or keys.own_keys())
    return [
        Loss(column, version, count, manifest.master_keys.get(version, ""))
        for column, counted in sorted(manifest.sealed.items())
        for version, count in sorted(counted.items())
        if not manifest.master_keys.get(version)
        or have.get(version) != manifest.master_keys[version]
    ]


def restore(plan: Plan, tell: Tell) -> Manifest:
    """Replace what the installation holds by the back-up; the caller has asked for leave."""
    refuse_without_owner()
    with _only_one(), Reader(plan.file) as reader, staging() as alias:
        refuse_in_use()
        _load(reader, alias, tell)
        if not plan.as_it_was:
            tell("Bringing it up to this program")
            _migrate(alias, None)
            _hold_mails(alias, tell)
        _restore_files(reader)
        if owner_is_postgresql():
            row_level_security.prepare_roles()
        put_in_place(locked=not plan.as_it_was)
        _drop_other_files(reader.manifest)
        _keep_keys(reader.manifest, plan.master_keys, tell)
    if not plan.as_it_was:
        prepare_database()
    return reader.manifest


def _load(reader: Reader, alias: str, tell: Tell) -> None:
    """The back-up's own schema with the back-up's rows, counted."""
    manifest = reader.manifest
    tell(f"Reading {manifest.rows:,} rows of {len(manifest.tables)} tables")
    _prepare(alias, set(manifest.migrations))
    models = rows.kept_models(rows.state_after(alias, manifest.migrations))
    there = {model._meta.label for model in models}
    if missing := manifest.tables.keys() - there:
        raise BackupProblem(f"This program knows no table {sorted(missing)[0]}.")
    kept = [model for model in models if model._meta.label in manifest.tables]
    try:
        with transaction.atomic(using=alias):
            rows.empty(alias, models)
            for model in kept:
                table = manifest.tables[model._meta.label]
                rows.write(alias, model, table, reader.rows(model._meta.label))
            rows.continue_numbers(alias, models)
    except DatabaseError as problem:
        reason = str(problem).strip().splitlines()[0]
        raise BackupProblem(f"The rows do not fit together: {reason}") from problem
    for model in kept:
        _compare(alias, model._meta.label, rows.count(alias, model), manifest)


def _compare(alias: str, label: str, found: int, manifest: Manifest) -> None:
    expected = manifest.tables[label].rows
    if found != expected:
        raise BackupProblem(f"{label}: {found} rows arrived, {expected} were expected.")


def _prepare(alias: str, wanted: set[tuple[str, str]]) -> None:
    """The tables as they were after these migrations."""
    if wanted.issuperset(MigrationLoader(connections[alias]).graph.nodes):
        create_tables(alias)
    else:
        _migrate(alias, wanted)


def _migrate(alias: str, wanted: set[tuple[str, str]] | None) -> None:
    """Run these migrations, or all that are still open."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    chosen = [
        (migration, backwards)
        for migration, backwards in plan
        if wanted is None or (migration.app_label, migration.name) in wanted
    ]
    executor.migrate(None, plan=chosen)


def _hold_mails(alias: str, tell: Tell) -> None:
    """What waited to be sent then was perhaps sent since: nobody gets a mail twice unasked."""
    state = rows.state_after(alias, rows.applied_migrations(alias))
    jobs = state.apps.get_model("jobs", "Job")._default_manager.using(alias)
    waiting = jobs.filter(work=MAIL, state__in=(State.WAITING, State.RUNNING))
    held = waiting.update(
        state=State.STOPPED, token=None, lease_until=None, changed_at=timezone.now()
    )
    if held:
        tell(
            f"{held} mails were on their way then. They are stopped: the desk can send them again."
        )


def _restore_files(reader: Reader) -> None:
    for name in reader.manifest.files:
        reader.save_file(name, Path(settings.DATA_DIR))


def _drop_other_files(manifest: Manifest) -> None:
    """A logo that the back-up does not know was deleted, or came later."""
    for file, name in backup.kept_files():
        if name not in manifest.files:
            file.unlink()


def _keep_keys(manifest: Manifest, given: MasterKeys | None, tell: Tell) -> None:
    aside = None
    if given is not None:
        if keys.fingerprints(given) != keys.fingerprints(keys.own_keys()):
            aside = keys.replace_by(given)
    elif losses(manifest, None):
        aside = keys.replace_by(_key_above(manifest))
    if aside:
        tell(f"The former master key lies in {aside}.")


def _key_above(manifest: Manifest) -> MasterKeys:
    """A key whose version no lost one has, so that the lost one can be added when it is found."""
    own = keys.own_keys()
    names = [*manifest.master_keys, *(own.keys if own else ())]
    version = str(max(map(int, names), default=0) + 1)
    lost = manifest.master_keys
    kept = {
        name: key
        for name, key in (own.keys if own else {}).items()
        if name not in lost or keys.fingerprint(key) == lost[name]
    }
    return MasterKeys(version, {**kept, version: secrets.token_bytes(KEY_BYTES)})


@contextmanager
def _only_one() -> Iterator[None]:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise BackupProblem("Another restore is running.") from problem
        yield
