"""Services that translate, against a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from config.installation import translator
from config.options import UnusableSetting
from knotenpunkt.tools.translations import services
from knotenpunkt.tools.translations.services import (
    DeepL,
    LibreTranslate,
    ServiceProblem,
    in_portions,
    service,
)


class Answers(BaseHTTPRequestHandler):
    """Translates by calling out: "hallo" becomes "TR hallo". `codes` are answered first."""

    codes: list[int] = []
    asked: list[tuple[str, dict[str, Any], dict[str, str]]] = []
    body: bytes | None = None

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append((self.path, data, dict(self.headers)))
        code = type(self).codes.pop(0) if type(self).codes else 200
        self.send_response(code)
        if code in (301, 302, 307):
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(type(self).body or self._translated(data))

    def _translated(self, data: dict[str, Any]) -> bytes:
        if "q" in data:
            told = [f"{data['target'].upper()} {one}" for one in data["q"]]
            return json.dumps({"translatedText": told}).encode()
        rows = [{"text": f"{data['target_lang']} {one}"} for one in data["text"]]
        return json.dumps({"translations": rows}).encode()

    def log_message(self, *_told: Any) -> None:
        """Quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Answers.codes, Answers.asked, Answers.body = [], [], None
    monkeypatch.setattr(services, "PAUSE_SECONDS", 0.0)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()
    thread.join()


def test_libretranslate(server: str) -> None:
    told = LibreTranslate(server, "k").translate(["eins", "zwei"], "tr")
    assert told == ["TR eins", "TR zwei"]
    path, data, _headers = Answers.asked[0]
    assert (path, data["source"], data["format"], data["api_key"]) == (
        "/translate", "de", "text", "k",
    )  # fmt: skip


def test_deepl_wants_codes_and_a_key_of_its_own(server: str) -> None:
    assert DeepL(server, "geheim").translate(["eins"], "en") == ["EN-GB eins"]
    path, data, headers = Answers.asked[0]
    assert (path, data["source_lang"]) == ("/v2/translate", "DE")
    assert headers["Authorization"] == "DeepL-Auth-Key geheim"


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_busy_service_is_asked_again(server: str, code: int) -> None:
    Answers.codes = [code, code]
    assert LibreTranslate(server).translate(["eins"], "pl") == ["PL eins"]
    assert len(Answers.asked) == services.ATTEMPTS


@pytest.mark.parametrize(
    ("code", "again", "asked"),
    [(403, False, 1), (456, False, 1), (400, False, 1), (404, False, 1), (307, False, 1),
     (503, True, services.ATTEMPTS)],
)  # fmt: skip
def test_a_refusal_is_said_in_words(server: str, code: int, again: bool, asked: int) -> None:
    Answers.codes = [code] * services.ATTEMPTS
    with pytest.raises(ServiceProblem) as told:
        LibreTranslate(server).translate(["eins"], "vi")
    assert (told.value.again, len(Answers.asked)) == (again, asked)
    assert "/elsewhere" not in [path for path, *_rest in Answers.asked]


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"translatedText": ["one"]}'])
def test_an_answer_that_fits_not_is_refused_whole(server: str, body: bytes) -> None:
    Answers.body = body
    with pytest.raises(ServiceProblem):
        LibreTranslate(server).translate(["eins", "zwei"], "ar")


def test_what_no_database_stores_is_taken_out_of_an_answer(server: str) -> None:
    Answers.body = rb'{"translatedText": ["a\u0000b\ud800c"]}'
    assert LibreTranslate(server).translate(["eins"], "ar") == ["abc"]


def test_nobody_there() -> None:
    with pytest.raises(ServiceProblem) as told:
        services._asked_once("http://127.0.0.1:1/translate", {}, {})
    assert told.value.again


def test_portions_are_bounded_and_lose_nothing() -> None:
    texts = ["kurz"] * 90 + ["x" * 9_000, "y" * 5_000, "z" * 5_000]
    portions = list(in_portions(texts))
    assert [text for portion in portions for text in portion] == texts
    assert max(map(len, portions)) <= services.MOST_TEXTS
    assert all(len(p) == 1 or sum(map(len, p)) <= services.MOST_SIGNS for p in portions)


def test_none_is_set_up_by_default() -> None:
    assert service() is None


def test_the_setting_names_kind_and_address() -> None:
    assert translator("") == ("", "")
    assert translator("deepl+https://api.example.org") == ("deepl", "https://api.example.org")
    assert translator("libretranslate+http://127.0.0.1:5000")[0] == "libretranslate"
    for wrong in ("https://x.org", "google+https://x.org", "deepl+http://x.org", "deepl+ftp://a"):
        with pytest.raises(UnusableSetting):
            translator(wrong)
