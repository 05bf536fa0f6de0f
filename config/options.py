"""Every setting of an installation, once: its name, what it means, and what holds without it.

Code reads the environment through `Environment` only, which refuses a name that is not declared
here. `python -m scripts.settings_page` writes docs/settings.md from this file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

PREFIXES = ("KNOTENPUNKT_", "DATABASE_")
FROM_FILE = "_FILE"
YES, NO = {"yes", "true", "on", "1"}, {"no", "false", "off", "0"}
# Below this two names are not taken for the same one, mistyped (0 to 1).
LIKENESS = 0.75


class UnusableSetting(Exception):
    """A setting that cannot be used; the text says which and what to do."""


class Part(Enum):
    """The parts of docs/settings.md, in their order."""

    INSTALLATION = "The installation"
    DATABASE = "PostgreSQL"
    SIGN_IN = "Signing in"
    MAIL = "Mail"
    OPERATION = "Operation and monitoring"
    MAP = "Map"
    TRANSLATION = "Translation"
    DEVELOPMENT = "For work on the product"


@dataclass(frozen=True, slots=True)
class Option:
    """One setting. `without` says in words what holds when it is left out.

    A secret is never shown, and may also lie in a file named by `<name>_FILE`.
    """

    name: str
    part: Part
    meaning: str
    without: str
    example: str = ""
    secret: bool = False


OPTIONS = (
    Option(
        "KNOTENPUNKT_DATA",
        Part.INSTALLATION,
        "Folder that holds what belongs to this installation: SQLite database, keys, logos, "
        "collected static files. On a local disk; never in a repository.",
        "`knotenpunkt-data` in the current folder",
        "/var/lib/knotenpunkt",
    ),
    Option(
        "KNOTENPUNKT_VECTORS",
        Part.INSTALLATION,
        "Folder that keeps what the words of the search mean, so that only the first start has to "
        "work it out. It holds nothing of anybody; several installations may share it.",
        "`cache` in the data folder",
        "/var/cache/knotenpunkt",
    ),
    Option(
        "KNOTENPUNKT_BACKUPS",
        Part.INSTALLATION,
        "Folder for back-ups that get no name of their own, such as those before an upgrade. "
        "Outside the data folder, best on another disk.",
        "beside the data folder, with `-backups` at its end",
        "/mnt/backups/knotenpunkt",
    ),
    Option(
        "KNOTENPUNKT_HOSTS",
        Part.INSTALLATION,
        "Public host names, one by one, separated by commas; no patterns. Naming one makes it a "
        "public installation: https only, secure cookies, strict transport security.",
        "local mode: plain http, on this machine only",
        "netz.example.org",
    ),
    Option(
        "KNOTENPUNKT_BEHIND_PROXY",
        Part.INSTALLATION,
        "`yes` when a proxy ends TLS and always sets `X-Forwarded-Proto` itself. Otherwise leave "
        "it out: a visitor could claim to use https.",
        "the header is ignored",
        "yes",
    ),
    Option(
        "KNOTENPUNKT_PROXIES",
        Part.INSTALLATION,
        "How many proxies of your own stand one behind the other before the product, 1 to 9. Each "
        "appends to `X-Forwarded-For`; what a visitor wrote there is left out of account. Read "
        "only with `KNOTENPUNKT_BEHIND_PROXY=yes`.",
        "1",
        "2",
    ),
    Option(
        "KNOTENPUNKT_SECRET_KEY",
        Part.INSTALLATION,
        "Key that signs sessions and forms, at least 40 signs. The same for every machine of the "
        "installation.",
        "made on first start, kept in `keys/django.key` of the data folder",
        secret=True,
    ),
    Option(
        "KNOTENPUNKT_MASTER_KEY_FILE",
        Part.INSTALLATION,
        "File with the master key that seals telephone numbers and notes, outside the database "
        "and its back-ups. Keep a copy of it elsewhere: without it nobody reads them again.",
        "made on first use, kept in `keys/master.json` of the data folder",
        "/etc/knotenpunkt/master.json",
    ),
    Option(
        "DATABASE_URL",
        Part.DATABASE,
        "Address of the database's owner, who creates and upgrades tables; or "
        "`sqlite:////absolute/path`.",
        "SQLite in the data folder",
        "postgresql://knotenpunkt:secret@127.0.0.1/knotenpunkt",
        secret=True,
    ),
    Option(
        "DATABASE_APP_URL",
        Part.DATABASE,
        "Login that row-level security binds to the entered network. Needs the next one, too.",
        "derived from `DATABASE_URL`",
        "postgresql://knotenpunkt_app:secret@127.0.0.1/knotenpunkt",
        secret=True,
    ),
    Option(
        "DATABASE_ALL_NETWORKS_URL",
        Part.DATABASE,
        "Login for named maintenance and for published reads over all networks.",
        "derived from `DATABASE_URL`",
        "postgresql://knotenpunkt_all_networks:secret@127.0.0.1/knotenpunkt",
        secret=True,
    ),
    Option(
        "KNOTENPUNKT_OIDC_ISSUER",
        Part.SIGN_IN,
        "Address of a sign-on service (OpenID Connect) with which members may sign in. It connects "
        "to accounts that are here already, by a verified e-mail address; it gives nobody a role.",
        "there is no such button",
        "https://anmeldung.landkreis.example.org/realms/intern",
    ),
    Option(
        "KNOTENPUNKT_OIDC_CLIENT_ID",
        Part.SIGN_IN,
        "Name under which the service knows this installation. Its return address is "
        "`https://<host>/<network>/desk/konto/dienst/zurueck/`, one for each network.",
        "there is no such button",
        "knotenpunkt",
    ),
    Option(
        "KNOTENPUNKT_OIDC_CLIENT_SECRET",
        Part.SIGN_IN,
        "Secret that the service gave for that name.",
        "there is no such button",
        secret=True,
    ),
    Option(
        "KNOTENPUNKT_OIDC_NAME",
        Part.SIGN_IN,
        "What the button calls the service: “Mit … anmelden”.",
        "host name of the issuer",
        "Landkreis-Konto",
    ),
    Option(
        "KNOTENPUNKT_MAIL_URL",
        Part.MAIL,
        "Mail server that takes what this installation sends: `smtp://…?tls=starttls`, or "
        "`smtps://…`. Special characters of the password are percent-encoded. Try it with "
        "`knotenpunkt mail test`.",
        "no mail is sent",
        "smtp://knotenpunkt:secret@mail.example.org:587?tls=starttls",
        secret=True,
    ),
    Option(
        "KNOTENPUNKT_MAIL_FROM",
        Part.MAIL,
        "Address that mail comes from, with a name or without. Without a name it is sent in the "
        "name of the network. Needed with `KNOTENPUNKT_MAIL_URL`.",
        "no mail is sent",
        "post@netz.example.org",
    ),
    Option(
        "KNOTENPUNKT_MAIL_DOMAINS",
        Part.MAIL,
        "Domains for which the mail server may send, separated by commas. A network may write from "
        "its own address when it lies in one of them (`knotenpunkt network change`).",
        "the domain of `KNOTENPUNKT_MAIL_FROM`",
        "netz.example.org, fruehe-hilfen.example.org",
    ),
    Option(
        "KNOTENPUNKT_MAIL_RETURN",
        Part.MAIL,
        "Address to which undeliverable mail comes back. The product puts a `+` and a signed "
        "number before the @ of each mail; let the mail server hand what arrives there to "
        "`knotenpunkt mail bounce`.",
        "it comes back to the sender, and the desk does not learn of it",
        "rueck@post.example.org",
    ),
    Option(
        "KNOTENPUNKT_MAILS_A_MINUTE",
        Part.MAIL,
        "How many mails a minute are sent at most, by all workers together. `0` is without limit.",
        "120",
        "30",
    ),
    Option(
        "KNOTENPUNKT_SEARCHES_A_MINUTE",
        Part.OPERATION,
        "How often a minute one visitor may ask for pages that search; for pictures and posters of "
        "campaigns, which are drawn, a quarter as often. Each web process counts for "
        "itself. `0` is without limit.",
        "120",
        "300",
    ),
    Option(
        "KNOTENPUNKT_FORMS_IN_TEN_MINUTES",
        Part.OPERATION,
        "How many forms one visitor without an account may send in ten minutes. Many people behind "
        "one address, as in an office, count as one visitor. `0` is without limit.",
        "60",
        "200",
    ),
    Option(
        "KNOTENPUNKT_PAGE_CACHE_MB",
        Part.OPERATION,
        "How many megabytes of finished pages for everyone each web process keeps in memory. `0` "
        "makes every page anew.",
        "32",
        "64",
    ),
    Option(
        "KNOTENPUNKT_METRICS_TOKEN",
        Part.OPERATION,
        "With it, `/metrics` also answers from elsewhere, to `Authorization: Bearer …`.",
        "`/metrics` answers on this machine only",
        secret=True,
    ),
    Option(
        "KNOTENPUNKT_READY_NEEDS_WORKER",
        Part.OPERATION,
        "`yes` when `/ready` shall say no as long as no worker was seen in the last minutes.",
        "pages count as ready without a worker",
        "yes",
    ),
    Option(
        "KNOTENPUNKT_SECURITY_CONTACT",
        Part.OPERATION,
        "E-mail address or https address for those who found a weakness; published in "
        "`/.well-known/security.txt`.",
        "there is no such page",
        "sicherheit@netz.example.org",
    ),
    Option(
        "KNOTENPUNKT_LOG",
        Part.OPERATION,
        "`json` writes one JSON object a line, `text` a readable one.",
        "`text`",
        "json",
    ),
    Option(
        "KNOTENPUNKT_MAP_TILES",
        Part.MAP,
        "Address of a raster tile server, with `{z}`, `{x}`, `{y}` and, where it has several, "
        "`{s}`. Visitors' browsers then ask that server: name it in the privacy page.",
        "maps draw the network's own outlines",
        "https://{s}.tile.example.org/{z}/{x}/{y}.png",
    ),
    Option(
        "KNOTENPUNKT_MAP_ATTRIBUTION",
        Part.MAP,
        "What the map must say about these tiles.",
        "nothing",
        "© Example Maps",
    ),
    Option(
        "KNOTENPUNKT_TRANSLATOR",
        Part.TRANSLATION,
        "Service that translates texts of offers when somebody at the desk asks for it: "
        "`libretranslate+https://…` or `deepl+https://…`, also one's own server that speaks like "
        "one of them. It is sent the German texts of published offers and nothing else; conclude "
        "a contract on data processing where it is not your own.",
        "nothing is sent anywhere; texts travel in files",
        "libretranslate+https://uebersetzen.landkreis.example.org",
    ),
    Option(
        "KNOTENPUNKT_TRANSLATOR_KEY",
        Part.TRANSLATION,
        "Key of that service, where it wants one.",
        "none is sent",
        secret=True,
    ),
    Option(
        "KNOTENPUNKT_TEST_DATA",
        Part.DEVELOPMENT,
        "Folder with lists as counties give them out, for the tests that need such lists.",
        "those tests skip",
    ),
    Option(
        "KNOTENPUNKT_TOUCH_SYSTEM",
        Part.DEVELOPMENT,
        "`no` forbids `make test`, run as root, to install PostgreSQL and Chromium.",
        "it installs what is missing and says so",
    ),
)


class Environment:
    """The declared settings, read from the environment or from the file it names."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str = "") -> str:
        """The value without blanks around it, or `default` when it is left out or empty."""
        option = _declared(name)
        given = self._environ.get(name, "").strip()
        file = self._environ.get(name + FROM_FILE, "") if option.secret else ""
        if given and file:
            raise UnusableSetting(f"Set {name} or {name}{FROM_FILE}, not both.")
        return given or (_content(name + FROM_FILE, file) if file else default)

    def yes(self, name: str, default: bool = False) -> bool:
        """Whether it says yes."""
        word = self.text(name).lower()
        if word and word not in YES | NO:
            raise UnusableSetting(f"{name} is yes or no.")
        return word in YES if word else default

    def number(self, name: str, default: int) -> int:
        """A whole number, zero or more."""
        word = self.text(name)
        if word and not (word.isascii() and word.isdigit()):
            raise UnusableSetting(f"{name} is a whole number.")
        return int(word) if word else default

    def names(self, name: str) -> list[str]:
        """A list separated by commas, without empty parts."""
        return [part for word in self.text(name).split(",") if (part := word.strip())]


def _declared(name: str) -> Option:
    for option in OPTIONS:
        if option.name == name:
            return option
    raise KeyError(f"Declare {name} in config/options.py.")


def _content(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise UnusableSetting(f"{name} cannot be read: {file}") from problem


def known_names() -> list[str]:
    """Every name that an environment may carry."""
    return [
        name
        for option in OPTIONS
        for name in (option.name, *([option.name + FROM_FILE] if option.secret else []))
    ]


def unknown_settings(environ: Mapping[str, str]) -> list[str]:
    """One sentence for each variable that looks like a setting and is none."""
    return [sentence for name in sorted(environ) for sentence in _doubt(name)]


def _doubt(name: str) -> Iterator[str]:
    known = known_names()
    if name in known:
        return
    nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=LIKENESS)
    if nearest and (name.upper().startswith(PREFIXES) or nearest[0].startswith("KNOTENPUNKT_")):
        yield f"There is no setting {name}. Meant {nearest[0]}?"
    elif name.startswith("KNOTENPUNKT_"):
        yield f"There is no setting {name}: it has no effect."
