"""The console command as an administrator meets it: a process, a data folder, a sentence."""

from __future__ import annotations

import json
import re
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installations import Installation, Served, new_installation, served

LIST = (
    "id;Titel;Träger;Straße;PLZ;Ort;Beschreibung\n"
    "1;Elterncafé am Brunnen;Verein Brunnen e. V.;Testweg 3;09599;Freiberg;Kaffee und Zeit\n"
    "2;Schreiambulanz;Klinik am Berg;Bergweg 1;09599;Freiberg;Wenn Ihr Baby viel weint\n"
)
REJECTED = "id;Titel;Träger\n1;Elterncafé;Verein Brunnen\n2;;Ohne Titel\n"
HOST = "hilfe.example.org"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with one network, for what leaves it as it is or adds to it."""
    with new_installation(tmp_path_factory.mktemp("console")) as one:
        one.done("network", "create", "mitte", "--name", "Netzwerk Mitte", "--ags", "14522")
        yield one


@pytest.fixture(scope="module")
def site(demo_installation: Installation) -> Iterator[Served]:
    with served(demo_installation, "--workers", "1") as running:
        yield running


def sentence(installation: Installation, *words: str, code: int = 2) -> str:
    """What a command that must fail says; never with the inner life of the program."""
    result = installation.run(*words)
    assert result.returncode == code, (result.stdout, result.stderr)
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()
    return result.stderr


def test_the_first_command_in_an_empty_folder_makes_an_installation(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    with new_installation(folder) as one:
        assert one.done("network", "list") == ""
        for key in (folder / "keys").iterdir():
            assert stat.S_IMODE(key.stat().st_mode) == 0o600, key
        assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700
        assert (folder / "keys" / "django.key").is_file()
        assert (folder / "keys" / "database.json").is_file() == one.is_postgresql
        assert (folder / "knotenpunkt.sqlite3").is_file() != one.is_postgresql


def test_a_network_is_created_listed_and_changed(installation: Installation) -> None:
    words = ("network", "create", "zwei", "--name", "Netz Zwei", "--ags", "03157", "--ags", "03158")
    assert "/zwei/" in installation.done(*words)
    assert "zwei\tNetz Zwei\t03157, 03158" in installation.done("network", "list")
    installation.done("network", "change", "zwei", "--name", "Netz Neu", "--accent", "#2F4B9A")
    assert "zwei\tNetz Neu\t03157, 03158" in installation.done("network", "list")


def test_wrong_input_is_told_and_changes_nothing(installation: Installation) -> None:
    before = installation.done("network", "list")
    told = sentence(installation, "network", "create", "drei", "--name", "x", "--ags", "Freiberg")
    assert "Freiberg" in told
    assert installation.done("network", "list") == before


def test_an_account_gets_a_password_that_is_shown_once(installation: Installation) -> None:
    words = ("account", "create", "Neu@example.org", "--name", "Nele Neu", "--network", "mitte")
    first = installation.done(*words, "--role", "reader")
    assert "neu@example.org is now reader in mitte." in first
    assert "Password, shown this once: " in first
    again = installation.done(*words, "--role", "editor")
    assert "is now editor" in again and "Password" not in again


def test_a_weak_password_is_refused(installation: Installation) -> None:
    words = ("account", "create", "w@example.org", "--name", "W", "--network", "mitte")
    result = installation.run(*words, "--role", "reader", "--password-stdin", told="kurz\n")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr and "10" in result.stderr


def test_an_unknown_network_is_told_with_those_there_are(installation: Installation) -> None:
    told = sentence(installation, "offers", "search", "Hebamme", "--network", "atlantis")
    assert "atlantis" in told and "mitte" in told


def test_a_list_is_imported_twice_and_found(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    words = ("offers", "import", str(file), "--network", "mitte")
    assert _last(installation.done(*words)).startswith("created=2 updated=0 unchanged=0")
    assert _last(installation.done(*words)).startswith("created=0 updated=0 unchanged=2")
    search = ("offers", "search", "Mein Baby schreit", "--network", "mitte", "--json")
    answer = json.loads(installation.done(*search, "--near", "09599", "--age", "0.5"))
    assert answer["query"] == "Mein Baby schreit"
    assert answer["results"][0].keys() == {"id", "external_id", "title", "score", "distance_km"}
    assert (answer["results"][0]["title"], answer["results"][0]["external_id"]) == (
        "Schreiambulanz", "2",
    )  # fmt: skip
    told = installation.done(*search[:-1], "--near", "09599")
    assert re.search(
        r"1\. Schreiambulanz .*  (ca|approx)\. \d+ km\n +Klinik am Berg, Freiberg\n", told
    )


def test_a_dry_run_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    file, report = tmp_path / "probe.csv", tmp_path / "bericht.csv"
    file.write_text(LIST.replace("Elterncafé", "Probecafé"), encoding="utf-8")
    words = ("offers", "import", str(file), "--network", "mitte", "--report", str(report))
    assert _last(installation.done(*words, "--dry-run")).startswith("created=2")
    assert "Probecafé am Brunnen" in report.read_text(encoding="utf-8-sig")
    search = ("offers", "search", "Probecafé", "--network", "mitte", "--limit", "100")
    assert "Probecafé" not in installation.done(*search)


def test_what_vanished_is_told_before_the_last_line(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "kurz.csv"
    words = ("offers", "import", str(file), "--network", "mitte")
    *rest, last = LIST.replace("Schreiambulanz", "Wiegetreff").splitlines(keepends=True)
    file.write_text("".join([*rest, last]), encoding="utf-8")
    assert "Nicht mehr" not in installation.done(*words)
    file.write_text("".join(rest), encoding="utf-8")
    told = installation.done(*words).splitlines()
    assert told[-2] == "Nicht mehr in der Datei und unverändert gelassen: 1"
    told = installation.done(*words, "--withdraw-missing").splitlines()
    assert told[-2] == "Nicht mehr in der Datei und deshalb zurückgezogen: 1"
    assert "Nicht mehr" not in installation.done(*words)


def test_the_exit_code_tells_what_became_of_the_rows(
    installation: Installation, tmp_path: Path
) -> None:
    some, none = tmp_path / "einige.csv", tmp_path / "keine.xlsx"
    some.write_text(REJECTED, encoding="utf-8")
    none.write_bytes(b"not a spreadsheet at all")
    partly = installation.run("offers", "import", str(some), "--network", "mitte")
    assert (partly.returncode, "rejected=1" in _last(partly.stdout)) == (1, True)
    sentence(installation, "offers", "import", str(none), "--network", "mitte")
    sentence(installation, "offers", "import", str(tmp_path / "weg.csv"), "--network", "mitte")


def test_a_file_of_questions_gets_one_line_each(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "fragen.txt"
    file.write_text("Hebamme\n\nKinderarzt in Freiberg\n", encoding="utf-8")
    lines = installation.done("offers", "search", "--file", str(file), "--network", "mitte")
    answers = [json.loads(line) for line in lines.splitlines()]
    assert [one["query"] for one in answers] == ["Hebamme", "", "Kinderarzt in Freiberg"]


def test_a_file_of_questions_that_is_no_utf_8_is_told(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "fragen.txt"
    file.write_bytes("Hebamme\nKrabbelgruppe für Väter\n".encode("cp1252"))
    told = sentence(installation, "offers", "search", "--file", str(file), "--network", "mitte")
    assert "fragen.txt" in told and "UTF-8" in told


def test_a_search_needs_a_text_and_a_known_place(installation: Installation) -> None:
    sentence(installation, "offers", "search", "--network", "mitte")
    search = ("offers", "search", "Hebamme", "--network", "mitte", "--near", "Nirgendwoheim")
    assert "Nirgendwoheim" in sentence(installation, *search)


def test_the_demo_can_be_loaded_again(demo_installation: Installation) -> None:
    began = time.monotonic()
    told = demo_installation.done("demo", "load", "--network", "mittelsachsen")
    assert told.count("already there") == 1
    assert "/mittelsachsen/desk/" in told and "petra@example.org" in told
    assert time.monotonic() - began < 30


def test_an_unknown_command_is_told(installation: Installation) -> None:
    assert "unbekannt" in sentence(installation, "unbekannt")
    assert "network" in installation.done("--help")


# ── serve ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_serves_on_this_machine(site: Served, host: str) -> None:
    answer, page = site.get("/mittelsachsen/", host)
    assert answer.status == 200
    assert "Mittelsachsen" in page
    assert answer.getheader("Set-Cookie") is None


def test_another_host_name_is_refused(site: Served) -> None:
    assert site.get("/", Host="example.org")[0].status == 400


def test_static_files_are_compressed_and_kept(site: Served) -> None:
    _answer, page = site.get("/mittelsachsen/")
    sheet = next(part for part in page.split('"') if part.startswith("/static/") and ".css" in part)
    answer, _text = site.get(sheet, **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert answer.getheader("Content-Encoding") == "gzip"
    assert "immutable" in str(answer.getheader("Cache-Control"))


def test_a_port_in_use_is_told(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in sentence(installation, "serve", "--port", port)


@pytest.mark.parametrize("port", ["0", "-1", "65536", "http"])
def test_a_port_that_is_none_is_told(installation: Installation, port: str) -> None:
    assert "--port" in sentence(installation, "serve", "--port", port)


def test_it_stops_when_told_to(installation: Installation) -> None:
    with served(installation, "--workers", "1") as running:
        began = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - began < 10
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", running.port)) != 0


# ── settings that cannot be used ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "url",
    [
        "mysql://nobody@localhost/x",
        "postgresql://localhost",
        "postgresql://nobody:wrong@127.0.0.1:1/nothing",
        "sqlite:////gibt/es/nicht/x.sqlite3",
        "sqlite:///relative.db",
        "postgresql://nobody@127.0.0.1:not-a-port/x",
    ],
)
def test_an_unusable_database_address_is_told(tmp_path: Path, url: str) -> None:
    one = Installation(tmp_path, settings={"DATABASE_URL": url})
    told = sentence(one, "network", "list")
    assert "wrong" not in told.replace("wrong_", ""), "a password does not belong on the screen"


def test_an_unusable_folder_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("")
    sentence(Installation(file), "network", "list")


def test_it_listens_beyond_this_machine_only_with_public_hosts(installation: Installation) -> None:
    everywhere = ("serve", "--bind", "0.0.0.0")  # noqa: S104
    assert "KNOTENPUNKT_HOSTS" in sentence(installation, *everywhere)


@pytest.mark.parametrize(
    "settings",
    [
        {"KNOTENPUNKT_HOSTS": "*"},
        {"KNOTENPUNKT_HOSTS": HOST, "KNOTENPUNKT_SECRET_KEY": "short"},
        {"KNOTENPUNKT_HOSTS": HOST, "DJANGO_SETTINGS_MODULE": "config.settings.development"},
    ],
    ids=["every host", "weak key", "development settings"],
)
def test_a_public_installation_refuses_unsafe_settings(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    one = Installation(tmp_path, settings=settings)
    sentence(one, "serve")


def test_a_public_installation_speaks_https_only(installation: Installation) -> None:
    public = {"KNOTENPUNKT_HOSTS": HOST, "KNOTENPUNKT_BEHIND_PROXY": "yes"}
    one = Installation(installation.folder, installation.database_url, public)
    with served(one, "--workers", "1") as site:
        answer, _page = site.get("/mitte/", Host=HOST)
        assert answer.status == 301
        assert str(answer.getheader("Location")).startswith("https://hilfe.example.org/")
        safe = {"Host": HOST, "X-Forwarded-Proto": "https"}
        answer, _page = site.get("/mitte/desk/anmelden/", **safe)
        assert answer.status == 200
        assert "max-age" in str(answer.getheader("Strict-Transport-Security"))
        cookie = str(answer.getheader("Set-Cookie")).lower()
        assert "secure" in cookie
        assert "expires" not in cookie and "max-age" not in cookie
        assert f"knotenpunkt is ready: https://{HOST}\n" in site.log.read_text(encoding="utf-8")


def _last(printed: str) -> str:
    return printed.strip().splitlines()[-1]
