"""Looks at an installation as its administrator should: what is wrong, and what to do about it."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone, translation

from knotenpunkt.foundation.networks import row_level_security
from knotenpunkt.foundation.networks.changes import is_watched
from knotenpunkt.foundation.networks.installation import is_empty, pending_migrations
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import all_networks
from knotenpunkt.front.operating import keys, rows
from knotenpunkt.front.operating.archive import BackupProblem
from knotenpunkt.front.operating.backup import last_backup
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.queries import worker_seen
from knotenpunkt.tools.jobs.registry import Unworkable
from knotenpunkt.tools.mail.delivery import try_server
from knotenpunkt.tools.mail.queries import mail_is_set_up

SCARCE_BYTES, TOO_FEW_BYTES = 2_000_000_000, 300_000_000
BACKUP_DAYS = 2
CERTIFICATE_DAYS = 21
TLS_SECONDS = 4
CLOCK_SECONDS = 10
WAITING_MINUTES = 10
OLDEST_POSTGRESQL = 150_000
# SQLite needs locks that these do not keep.
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"}


class Level(IntEnum):
    """How bad it is; the worst one is the exit code of `knotenpunkt check`."""

    OK = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what is so, and what to do when it should not be."""

    part: str
    level: Level
    says: str
    todo: str = ""


Check = Callable[[], Iterator[Finding]]


def findings() -> list[Finding]:
    """Everything, in the order in which an administrator would mend it."""
    found: list[Finding] = []
    database_answers = True
    for part, check in CHECKS:
        if database_answers or part in ALONE:
            found.extend(_guarded(part, check))
        if part == DATABASE:
            database_answers = found[-1].level is not Level.ERROR
    return found


def _guarded(part: str, check: Check) -> list[Finding]:
    """A check that breaks is a finding, too."""
    try:
        found = list(check())
    except DatabaseError as problem:
        reason = str(problem).strip().splitlines()[0]
        return [Finding(part, Level.ERROR, f"the database does not answer: {reason}")]
    except (OSError, BackupProblem) as problem:
        return [Finding(part, Level.ERROR, str(problem))]
    return found or [Finding(part, Level.OK, "in order")]


def _settings() -> Iterator[Finding]:
    for sentence in settings.UNKNOWN_SETTINGS:
        yield Finding("settings", Level.WARNING, sentence, "docs/settings.md lists all there are")
    if settings.LOCAL_MODE:
        yield Finding("settings", Level.OK, "local mode: pages are served on this machine only")
        return
    yield Finding("settings", Level.OK, f"public installation: {', '.join(settings.HOSTS)}")
    if not settings.PROXIES:
        yield Finding(
            "settings",
            Level.ERROR,
            "KNOTENPUNKT_HOSTS is set, KNOTENPUNKT_BEHIND_PROXY is not: every visitor is sent to "
            "https for ever",
            "set KNOTENPUNKT_BEHIND_PROXY=yes once the proxy sets X-Forwarded-Proto",
        )


def _database() -> Iterator[Finding]:
    for alias in settings.DATABASES:
        connections[alias].ensure_connection()
    if is_empty():
        yield Finding(DATABASE, Level.ERROR, "it was never prepared", "run: knotenpunkt upgrade")
        return
    rows.applied_migrations(settings.OWNER_DATABASE)
    if pending := pending_migrations():
        says = f"it is older than the program, {pending} migrations are open"
        yield Finding(DATABASE, Level.ERROR, says, "run: knotenpunkt upgrade")
        return
    vendor = connections["default"].vendor
    yield from _postgresql() if vendor == "postgresql" else _sqlite()


def _sqlite() -> Iterator[Finding]:
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        answer = str(cursor.fetchone()[0])
    if answer == "ok":
        yield Finding(DATABASE, Level.OK, "SQLite, up to date and undamaged")
    else:
        yield Finding(DATABASE, Level.ERROR, f"SQLite: {answer}", "restore the last back-up")
    kind = _file_system(Path(connections["default"].settings_dict["NAME"]))
    if kind in NETWORK_FILE_SYSTEMS:
        says = f"the SQLite file lies on a network share ({kind}), which keeps no locks"
        todo = "move it to a local disk, or use PostgreSQL"
        yield Finding("data folder", Level.ERROR, says, todo)


def _file_system(file: Path) -> str:
    """Kind of the file system, such as "ext4"; "" where the system does not say."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = (line.split()[1:3] for line in mounts)
    around = [(place, kind) for place, kind in found if file.resolve().is_relative_to(place)]
    return max(around, key=lambda one: len(one[0]), default=("", ""))[1]


def _postgresql() -> Iterator[Finding]:
    version = connections["default"].pg_version  # type: ignore[attr-defined]
    name = f"PostgreSQL {version // 10_000}"
    if version < OLDEST_POSTGRESQL:
        yield Finding(DATABASE, Level.ERROR, f"{name} is too old", "use version 15 or newer")
    else:
        yield Finding(DATABASE, Level.OK, f"{name}, up to date")
    opened = row_level_security.open_tables()
    if opened:
        says = f"row-level security does not hold on {len(opened)} tables, such as {opened[0]}"
        yield Finding("second lock", Level.ERROR, says, "run: knotenpunkt database migrate")
    powers = row_level_security.powers_of_app()
    for power in powers:
        says = f"the login of the pages {power}: row-level security does not bind it"
        yield Finding(
            "second lock", Level.ERROR, says, "use a login of its own as DATABASE_APP_URL"
        )
    if not opened and not powers:
        yield Finding("second lock", Level.OK, "every table is locked, and the pages are bound")


def _kept_pages() -> Iterator[Finding]:
    if not is_watched(connections["default"]):
        says = "not every table notes its changes: each page is made anew"
        yield Finding("kept pages", Level.WARNING, says, "run: knotenpunkt database migrate")


def _demo() -> Iterator[Finding]:
    if not settings.LOCAL_MODE and Network.objects.filter(is_demo=True).exists():
        says = "demo networks have known passwords and are never served to the public"
        yield Finding("networks", Level.ERROR, says, "use an installation without them")
        return
    count = Network.objects.count()
    todo = "" if count else "knotenpunkt network create --help"
    level = Level.OK if count else Level.WARNING
    yield Finding("networks", level, f"{count} networks", todo)


def _data_folder() -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir():
        says = f"{folder} is not there"
        yield Finding("data folder", Level.ERROR, says, "set KNOTENPUNKT_DATA")
        return
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        says = f"{folder} belongs to another user than the one who runs this"
        yield Finding("data folder", Level.WARNING, says, "run commands as that user: sudo -u …")
    if not os.access(folder, os.W_OK):
        says = f"{folder} cannot be written to"
        yield Finding("data folder", Level.ERROR, says, "give it to the user of the service")
    for file in sorted([folder, *folder.glob("keys/**/*"), *folder.glob("*.sqlite3*")]):
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            says = f"others on this machine can open {file}"
            yield Finding("data folder", Level.WARNING, says, f"chmod go= {file}")


def _disk() -> Iterator[Finding]:
    for name, folder in (("data folder", settings.DATA_DIR), ("back-ups", settings.BACKUP_DIR)):
        there = next((one for one in (folder, *Path(folder).parents) if one.exists()), Path("/"))
        free = shutil.disk_usage(there).free
        level = Level.OK
        if free < SCARCE_BYTES:
            level = Level.ERROR if free < TOO_FEW_BYTES else Level.WARNING
        todo = "" if level is Level.OK else "delete what is not needed, or enlarge the disk"
        yield Finding("disk", level, f"{free / 1e9:,.1f} GB free for the {name}", todo)


def _keys() -> Iterator[Finding]:
    found = keys.statuses()
    if not found:
        yield Finding("keys", Level.OK, "no master key yet: nothing was sealed")
    for one in found:
        if one.exported:
            says = f"master key {one.version} ({one.fingerprint}) is readable and was exported"
            yield Finding("keys", Level.OK, says)
        else:
            says = f"master key {one.version} ({one.fingerprint}) lies on this machine only"
            todo = "run: knotenpunkt key export FILE, and keep FILE elsewhere"
            yield Finding("keys", Level.WARNING, says, todo)


def _backups() -> Iterator[Finding]:
    last = last_backup()
    todo = "run: knotenpunkt backup, best every night"
    if last is None:
        yield Finding("back-up", Level.WARNING, "none was made on this machine yet", todo)
        return
    age = datetime.now(UTC) - last.at
    says = f"the last one is {_age(age)} old: {last.file}"
    if age > timedelta(days=BACKUP_DAYS):
        yield Finding("back-up", Level.WARNING, says, todo)
    elif not last.file.exists():
        says = f"the last one is no more where it was written: {last.file}"
        yield Finding("back-up", Level.WARNING, says, "no harm if it was moved to another machine")
    else:
        yield Finding("back-up", Level.OK, says)


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{age.days} days"


def _jobs() -> Iterator[Finding]:
    now = timezone.now()
    with all_networks("how the jobs of the installation stand"):
        overdue = Job.objects.filter(
            state=State.WAITING, run_at__lt=now - timedelta(minutes=WAITING_MINUTES)
        )
        lost = Job.objects.filter(state=State.RUNNING, lease_until__lt=now)
        late = overdue.count() + lost.count()
        failed = Job.objects.filter(state=State.FAILED, changed_at__gt=now - timedelta(days=1))
        count = failed.count()
    start = "start one: knotenpunkt work, or its service"
    if late:
        says = f"{late} have been waiting for more than {WAITING_MINUTES} minutes: no worker runs"
        yield Finding("jobs", Level.ERROR, says, start)
    elif not worker_seen():
        yield Finding("jobs", Level.WARNING, "no worker was there in the last minutes", start)
    if count:
        says = f"{count} failed since yesterday"
        yield Finding("jobs", Level.WARNING, says, "the desk says why: Aufträge")
    if not late and not count and worker_seen():
        yield Finding("jobs", Level.OK, "nothing is overdue, nothing failed since yesterday")


def _mail() -> Iterator[Finding]:
    if not mail_is_set_up():
        level = Level.OK if settings.LOCAL_MODE else Level.WARNING
        says = "no mail server is set up: no invitations, no new passwords, no reminders"
        yield Finding("mail", level, says, "set KNOTENPUNKT_MAIL_URL" if level else "")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with translation.override("en"):
            try_server()
    except Unworkable as problem:
        todo = "see KNOTENPUNKT_MAIL_URL, then: knotenpunkt mail test ADDRESS"
        yield Finding("mail", Level.ERROR, f"{where}: {problem}", todo)
    else:
        yield Finding("mail", Level.OK, f"{where} answers")


def _clock() -> Iterator[Finding]:
    newest = max(file.stat().st_mtime for file in Path(__file__).parent.glob("*.py"))
    if timezone.now().timestamp() < newest - 86_400:
        says = "this machine's clock is behind the program's own files"
        yield Finding("clock", Level.ERROR, says, "switch on time synchronisation")
        return
    if connections["default"].vendor != "postgresql":
        yield Finding("clock", Level.OK, f"{timezone.localtime():%d.%m.%Y %H:%M %Z}")
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((timezone.now() - cursor.fetchone()[0]).total_seconds())
    level = Level.WARNING if apart > CLOCK_SECONDS else Level.OK
    says = f"{apart:.0f} seconds apart from the database's"
    yield Finding("clock", level, says, "synchronise both machines" if level else "")


def _tls() -> Iterator[Finding]:
    if settings.LOCAL_MODE:
        yield Finding("TLS", Level.OK, "local mode needs none")
    for host in settings.HOSTS:
        yield certificate(host)


def certificate(host: str, port: int = 443, trusted: str | None = None) -> Finding:
    """What a browser would say about the certificate of a public host."""
    context = ssl.create_default_context(cafile=trusted)
    try:
        with (
            socket.create_connection((host, port), timeout=TLS_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            days = _days_left(secured.getpeercert())
    except ssl.SSLCertVerificationError as problem:
        says = f"browsers refuse the certificate of {host}: {problem.verify_message}"
        return Finding("TLS", Level.ERROR, says, "renew it, with all intermediate certificates")
    except OSError as problem:
        says = f"{host}:{port} cannot be reached from here: {problem.strerror or problem}"
        return Finding("TLS", Level.WARNING, says, "look at it with a browser from outside")
    level = Level.WARNING if days < CERTIFICATE_DAYS else Level.OK
    says = f"the certificate of {host} is valid for {days} days"
    return Finding("TLS", level, says, "renew it" if level else "")


def _days_left(shown: Any) -> int:
    ends = ssl.cert_time_to_seconds(str(shown["notAfter"]))
    return int((ends - timezone.now().timestamp()) // 86_400)


DATABASE = "database"
CHECKS: tuple[tuple[str, Check], ...] = (
    ("settings", _settings),
    (DATABASE, _database),
    ("kept pages", _kept_pages),
    ("networks", _demo),
    ("data folder", _data_folder),
    ("disk", _disk),
    ("keys", _keys),
    ("back-up", _backups),
    ("jobs", _jobs),
    ("mail", _mail),
    ("clock", _clock),
    ("TLS", _tls),
)
# What can be looked at when the database does not answer.
ALONE = {"settings", "data folder", "disk", "keys", "back-up", "mail", "TLS"}
