"""`knotenpunkt check` finds what an administrator would otherwise find at night."""

from __future__ import annotations

import json
import os
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from knotenpunkt.front.operating.checks import Level, certificate
from tests.front.operating import filled
from tests.installations import Installation, free_port

HOST = "localhost"


def findings(one: Installation) -> tuple[int, dict[str, list[tuple[str, str]]]]:
    """(exit code, part → [(level, what it says)])."""
    result = one.run("check", "--json")
    found: dict[str, list[tuple[str, str]]] = {}
    for line in json.loads(result.stdout):
        found.setdefault(line["part"], []).append((line["level"], line["says"]))
    return result.returncode, found


def worst(found: list[tuple[str, str]]) -> str:
    """The worst level of a part."""
    return max((level for level, _says in found), key=["ok", "warning", "error"].index)


def changed(one: Installation, **settings: str) -> Installation:
    """The same installation with other settings."""
    return Installation(one.folder, one.database_url, {**one.settings, **settings})


def test_a_well_kept_installation_is_in_order(empty: Installation, tmp_path: Path) -> None:
    empty.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    filled.run(empty, "tests.front.operating.filled")
    empty.done("key", "export", str(tmp_path / "key.json"))
    empty.done("backup", str(tmp_path / "one.tar"))
    code, found = findings(empty)
    # How full this machine is, and that nothing is served here, is not the installation's.
    judged = {part: worst(told) for part, told in found.items() if part not in ("disk", "jobs")}
    assert set(judged.values()) == {"ok"}, found
    assert code < 2 or worst(found["disk"]) == "error"
    assert "no worker was there" in found["jobs"][0][1]
    assert ("second lock" in found) == empty.is_postgresql


def test_an_installation_that_nobody_keeps_is_warned_of(empty: Installation) -> None:
    empty.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    filled.run(empty, "tests.front.operating.filled")
    (empty.folder / "keys" / "master.json").chmod(0o644)
    code, found = findings(changed(empty, KNOTENPUNKT_HOST="netz.example.org"))
    assert code == 1
    assert "lies on this machine only" in found["keys"][0][1]
    assert "none was made" in found["back-up"][0][1]
    assert "master.json" in found["data folder"][0][1]
    assert "Meant KNOTENPUNKT_HOSTS?" in found["settings"][0][1]


def test_an_old_backup_is_told(empty: Installation, tmp_path: Path) -> None:
    empty.done("upgrade")
    empty.done("backup", str(tmp_path / "one.tar"))
    note = empty.folder / "last-backup.json"
    long_ago = (datetime.now(UTC) - timedelta(days=9)).isoformat()
    note.write_text(json.dumps({"at": long_ago, "file": str(tmp_path / "one.tar")}))
    assert "9 days old" in findings(empty)[1]["back-up"][0][1]
    note.write_text("not json")
    assert "none was made" in findings(empty)[1]["back-up"][0][1]


def test_a_public_installation_without_its_proxy_is_an_error(empty: Installation) -> None:
    empty.done("upgrade")
    code, found = findings(changed(empty, KNOTENPUNKT_HOSTS="netz.invalid"))
    assert code == 2 and worst(found["settings"]) == "error"
    assert worst(found["TLS"]) == "warning"
    behind = changed(empty, KNOTENPUNKT_HOSTS="netz.invalid", KNOTENPUNKT_BEHIND_PROXY="yes")
    assert worst(findings(behind)[1]["settings"]) == "ok"


def test_a_mail_server_is_asked(empty: Installation) -> None:
    empty.done("upgrade")
    port = free_port()
    settings = {
        "KNOTENPUNKT_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "KNOTENPUNKT_MAIL_FROM": "netz@example.org",
    }
    one = changed(empty, **settings)
    assert findings(one)[1]["mail"] == [
        ("error", f"127.0.0.1:{port}: The mail server cannot be reached.")
    ]
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert findings(one)[1]["mail"] == [("ok", f"127.0.0.1:{port} answers")]
    finally:
        server.stop()


def test_a_damaged_master_key_is_an_error(empty: Installation) -> None:
    empty.done("upgrade")
    (empty.folder / "keys" / "master.json").write_text("{}")
    code, found = findings(empty)
    assert code == 2 and "damaged" in found["keys"][0][1]


def test_work_that_nobody_does_is_an_error(empty: Installation) -> None:
    empty.done("network", "create", "nord", "--name", "Nord", "--ags", "14522")
    code = (
        "import django; django.setup()\n"
        "from datetime import timedelta\n"
        "from django.utils import timezone\n"
        "from knotenpunkt.foundation.accounts.actors import System\n"
        "from knotenpunkt.foundation.networks.models import Network\n"
        "from knotenpunkt.foundation.networks.scope import in_network\n"
        "from knotenpunkt.tools.jobs.actions import enqueue\n"
        "with in_network(Network.objects.get()):\n"
        "    enqueue(actor=System('test'), work='privacy.expire', arguments={}, title='x',\n"
        "            run_at=timezone.now() - timedelta(hours=1))\n"
    )
    waiting = changed(empty, DJANGO_SETTINGS_MODULE="config.settings.base")
    result = waiting.execute([sys.executable, "-c", code])
    assert result.returncode == 0, result.stderr
    code_of_check, found = findings(empty)
    assert code_of_check == 2 and "no worker runs" in found["jobs"][0][1]


def test_a_database_that_is_not_there_is_told_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    gone = Installation(tmp_path / "data", "postgresql://nobody:wrong@127.0.0.1:1/nothing")
    (tmp_path / "data").mkdir(mode=0o700)
    code, found = findings(gone)
    assert code == 2 and worst(found["database"]) == "error"
    assert {"disk", "keys", "back-up"} <= found.keys() and "jobs" not in found


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "opening",
    [
        "ALTER TABLE offers_offer DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE offers_offer NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY ties_of_new ON offers_offer",
        "DROP POLICY one_network ON inbox_concern",
    ],
)
def test_an_open_lock_is_an_error_until_it_is_locked_again(
    empty: Installation, opening: str
) -> None:
    empty.done("upgrade")
    with psycopg.connect(empty.database_url) as owner:
        owner.execute(opening)
    code, found = findings(empty)
    assert code == 2 and "row-level security does not hold" in found["second lock"][0][1]
    empty.done("upgrade")
    assert worst(findings(empty)[1]["second lock"]) == "ok"


@pytest.mark.postgresql
def test_pages_that_use_the_owners_login_are_an_error(empty: Installation) -> None:
    empty.done("upgrade")
    logins = empty.logins()
    owner = changed(
        empty,
        DATABASE_APP_URL=empty.database_url,
        DATABASE_ALL_NETWORKS_URL=logins["all_networks"],
    )
    code, found = findings(owner)
    assert code == 2 and "owns tables" in found["second lock"][0][1]


def test_a_folder_of_another_user_is_warned_of(empty: Installation) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    empty.done("upgrade")
    os.chown(empty.folder, 65534, 65534)
    assert "belongs to another user" in findings(empty)[1]["data folder"][0][1]


@contextmanager
def _secured_server(folder: Path, days: int) -> Iterator[tuple[int, str]]:
    """A server with a certificate of its own that ends in so many days: (port, its file)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=_answer_once, args=(listening, context), daemon=True)
        answering.start()
        yield listening.getsockname()[1], str(file)
        answering.join(5)


def _answer_once(listening: socket.socket, context: ssl.SSLContext) -> None:
    try:
        connection, _address = listening.accept()
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(1)
    except OSError:
        pass


@pytest.mark.parametrize(("days", "level"), [(60, Level.OK), (5, Level.WARNING), (-1, Level.ERROR)])
def test_a_certificate_is_told_before_it_ends(tmp_path: Path, days: int, level: Level) -> None:
    with _secured_server(tmp_path, days) as (port, file):
        found = certificate(HOST, port, trusted=file)
    assert found.level is level, found


def test_a_certificate_that_nobody_trusts_is_an_error(tmp_path: Path) -> None:
    with _secured_server(tmp_path, 60) as (port, _file):
        found = certificate(HOST, port)
    assert found.level is Level.ERROR and "refuse" in found.says
