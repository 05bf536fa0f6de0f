"""What the server writes down of those who ask: nothing. And what it keeps for those who ask."""

from __future__ import annotations

import socket
from http.client import HTTPConnection
from pathlib import Path

from pytest_django import Settings

from knotenpunkt.front.commands.serve import _collect_static_files
from tests.installations import Served, new_installation, served

SECRET = "Wochenbettdepression"
UNREADABLE = [
    f"GET /mitte/angebote/?q={SECRET} und mehr HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET /mitte/angebote/?q={SECRET} HTTP/9.9\r\nHost: localhost\r\n\r\n",
    f"{SECRET} / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: localhost\r\n{SECRET} {SECRET}: x\r\n\r\n",
    f"GET /{SECRET * 1000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
]

LONG_QUESTION = f"GET /mitte/?x={'%D0%BC' * 1300} HTTP/1.1\r\nHost: localhost\r\n\r\n"


def answer_to(site: Served, request: str) -> str:
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as connection:
        connection.sendall(request.encode())
        return connection.recv(4096).decode("latin-1")


def lengths(site: Served, path: str) -> tuple[str | None, str | None]:
    """What HEAD and GET say about the length of a page."""
    said = []
    for method in ("HEAD", "GET"):
        connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
        connection.request(method, path)
        answer = connection.getresponse()
        assert answer.status == 200
        body = answer.read()
        assert bool(body) == (method == "GET")
        said.append(answer.getheader("Content-Length"))
        connection.close()
    return said[0], said[1]


def test_the_log_names_neither_who_asked_nor_what(tmp_path: Path) -> None:
    with new_installation(tmp_path) as one:
        one.done("network", "create", "mitte", "--name", "Mitte", "--ags", "14522")
        with served(one, "--workers", "1") as site:
            for request in UNREADABLE:
                assert " 4" in answer_to(site, request)[:14]
            for path in ("/mitte/", f"/mitte/angebote/?q={SECRET}", "/mitte/zeichen"):
                head, whole = lengths(site, path)
                assert head == whole is not None
            assert " 200 " in answer_to(site, LONG_QUESTION)[:14]
        told = site.log.read_text(encoding="utf-8")
    assert "Invalid request" in told, "gunicorn says it in other words now: look at core.logs"
    for secret in (SECRET, "127.0.0.1", "no-body"):
        assert secret not in told.replace(f"http://localhost:{site.port}", "")


def test_former_static_files_stay_and_new_ones_come(settings: Settings, tmp_path: Path) -> None:
    """A page of the process before asks for its own style sheet until it is restarted."""
    settings.STATIC_ROOT = tmp_path / "static"
    _collect_static_files()
    sheet = next(settings.STATIC_ROOT.rglob("*.css"))
    now = sheet.read_text(encoding="utf-8")
    former = sheet.with_name("former.0123456789ab.css")
    former.write_text("of the process before")
    sheet.write_text("outdated, but written after the new one was built")
    (settings.STATIC_ROOT / ".collected").write_text("of the version before")
    _collect_static_files()
    assert former.exists()
    assert sheet.read_text(encoding="utf-8") == now
