"""A real browser on a real installation: the demo, loaded and served by the console command.

Whatever a journey does, it fails when a page asks another machine, raises an error in its script,
breaks its content policy or links to something that is not there.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    sync_playwright,
)

from scripts.machine import CHROMIUM
from tests.installations import Installation, Served, served

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
# What is measured must not be on its way: no transition, no smooth scrolling.
STILL = {"reduced_motion": "reduce"}
# The four ways in which each journey of a family is walked.
VIEWS = [(PHONE, "de"), (DESKTOP, "de"), (PHONE, "en"), (DESKTOP, "en")]
VIEW_NAMES = ["phone-de", "desktop-de", "phone-en", "desktop-en"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # A request to anywhere else fails at once, and is seen.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
]  # fmt: skip
# Told by the status already; and a page may do without one of the weights fetched early.
NO_PROBLEM = ("the server responded with a status of", "was preloaded using link preload")
WORRY = "Mein Baby schläft nicht"
# The campaign that the demo has lived through.
CAMPAIGN = "aktionen/sommer-der-nachbarn/"
# A test that fails should do so soon.
PATIENCE_MS = 8_000
# How often two workers are asked, so that hardly ever one of them was asked nothing.
WARMING = 5


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these need a browser; above another database a journey is walked in one view only."""
    for item in items:
        if "tests/journeys" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if _is_a_further_view(item):
                item.add_marker(pytest.mark.once)


def _is_a_further_view(item: pytest.Item) -> bool:
    shown = getattr(getattr(item, "callspec", None), "params", {})
    return shown.get("viewport", PHONE) != PHONE or shown.get("language", "de") != "de"


def system_browser() -> str | None:
    """The browser that this machine has."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="session")
def installation(demo_installation: Installation) -> Installation:
    """The demo networks, on SQLite or with the real roles of PostgreSQL."""
    return demo_installation


@pytest.fixture(scope="session")
def site(installation: Installation) -> Iterator[Served]:
    """The installation, served."""
    if system_browser() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with served(installation, "--workers", "2") as running:
        _warm_up(running)
        yield running
        assert running.complaints() == ""


def _warm_up(site: Served) -> None:
    """Let each worker build its indexes first: no journey should wait for what happens once.

    Which worker answers is up to the system, so each is asked more than once; each wish is another
    so that no kept page answers for them.
    """
    for number in range(WARMING):
        for language in ("", "en/", "uk/"):
            wish = urlencode({"q": f"{WORRY} mittwochs {number}", "ort": "09599"})
            answer, _page = site.get(f"/mittelsachsen/{language}angebote/?{wish}")
            assert answer.status == 200, site.complaints()[-2000:]


@pytest.fixture(scope="module")
def browser(site: Served) -> Iterator[Browser]:
    """One browser per file: its event loop must not outlive it into tests of the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One person's visit, from a fresh device. Paths begin behind the network: "angebote/"."""

    site: Served
    context: BrowserContext
    page: Page
    language: str = "de"
    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def address(self, path: str) -> str:
        """The whole address of a path; one that begins with "/" lies outside the network."""
        prefix = "/mittelsachsen/" if self.language == "de" else f"/mittelsachsen/{self.language}/"
        return self.site.url + (path if path.startswith("/") else prefix + path)

    def go(self, path: str = "", allowed: int = 200) -> Page:
        """Open a page; it must answer with `allowed`."""
        answer = self.page.goto(self.address(path))
        assert answer is not None
        assert answer.status == allowed, f"{path}: {self.site.complaints()[-2000:]}"
        return self.page

    def search(self, text: str = WORRY, **wish: str) -> Page:
        """Open the finder at a wish, by its address."""
        return self.go(f"angebote/?{urlencode({'q': text, **wish})}")

    def titles(self) -> list[str]:
        """The titles of the results, in their order."""
        return self.page.locator("#treffer article :is(h2, h3)").all_inner_texts()

    def until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true (Playwright's own way needs `eval`)."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not self._holds(condition):
            assert time.monotonic() < deadline, f"never came true: {condition}"
            time.sleep(0.03)

    def _holds(self, condition: str) -> bool:
        """Between two pages there is nothing to ask: then not yet."""
        try:
            return bool(self.page.evaluate(f"Boolean({condition})"))
        except Error:
            return False

    def settled(self) -> None:
        """Wait until a search that was just begun has exchanged the results."""
        self.page.wait_for_load_state("networkidle")
        self.until("!document.querySelector('.htmx-request, .htmx-settling')")

    def foreign(self) -> list[str]:
        """Addresses of other machines that were asked for."""
        own = (urlsplit(self.site.url).netloc, "")
        return [one.url for one in self.requests if urlsplit(one.url).netloc not in own]

    def _watch(self) -> None:
        self.context.on("request", lambda request: self.requests.append(request))
        self.context.on("response", self._seen)
        self.context.on("console", self._said)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))

    def _seen(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400 and response.request.resource_type != "document":
            self.problems.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if any(part in message.text for part in NO_PROBLEM):
            return
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")


Opening = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, site: Served) -> Iterator[Opening]:
    """Begin a visit: visit(PHONE, "en", java_script_enabled=False)."""
    with ExitStack() as contexts:
        begun: list[Visit] = []

        def begin(viewport: dict[str, int] = PHONE, language: str = "de", **options: Any) -> Visit:
            locale = {"de": "de-DE", "en": "en-GB"}.get(language, language)
            context = browser.new_context(viewport=viewport, locale=locale, **options)
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            visit = Visit(site, context, context.new_page(), language)
            visit._watch()
            begun.append(visit)
            return visit

        yield begin
        assert [problem for one in begun for problem in one.problems] == []
        assert [address for one in begun for address in one.foreign()] == []


@pytest.fixture(scope="session")
def offer_path(site: Served) -> str:
    """The page of an offer with dates, a place and a telephone number."""
    _answer, page = site.get("/mittelsachsen/angebote/?q=Stillcaf%C3%A9&ort=09599")
    found = re.search(r"angebote/[0-9a-f-]{36}/", page)
    assert found is not None, site.complaints()[-2000:]
    return found[0]


@pytest.fixture(scope="session")
def join_in_path(site: Served) -> str:
    """The page of what a partner did in the campaign of the demo."""
    _answer, page = site.get(f"/mittelsachsen/{CAMPAIGN}mitmachen/")
    found = re.search(rf"{CAMPAIGN}mitmachen/[0-9a-f-]{{36}}/", page)
    assert found is not None, site.complaints()[-2000:]
    return found[0]


@pytest.fixture(scope="session")
def pages(offer_path: str, join_in_path: str) -> dict[str, str]:
    """Every kind of page that anyone can open, by a name."""
    return {
        "networks": "/",
        "start": "",
        "finder": "angebote/",
        "results": f"angebote/?q={quote(WORRY)}&ort=09599&alter=6m",
        "widened": f"angebote/?q={quote(WORRY)}&ort=09619&umkreis=5",
        "nothing": "angebote/?q=Hebamme&ort=25980&umkreis=5&tag=so&zeit=abend&stufenlos=ja",
        "wishes": f"angebote/?q={quote('Krabbelgruppe Döbeln mittwochs kostenlos')}",
        "danger": f"angebote/?q={quote('زوجي يضربني')}",
        "unsure": "angebote/?q=asdkjh+qweoiu&ort=09599",
        "misread": "angebote/?q=Hebamme&ort=Nirgendwoheim&alter=x",
        "detail": offer_path,
        "imprint": "impressum/",
        "privacy": "datenschutz/",
        "accessibility": "barrierefreiheit/",
        "easy_language": "leichte-sprache/",
        "sign_language": "gebaerdensprache/",
        "contact": "kontakt/",
        "campaigns": "aktionen/",
        "campaign": CAMPAIGN,
        "join_ins": f"{CAMPAIGN}mitmachen/",
        "calendar_of_join_ins": f"{CAMPAIGN}mitmachen/?wann=vorbei&ansicht=kalender",
        "map_of_join_ins": f"{CAMPAIGN}mitmachen/?wann=vorbei&ansicht=karte",
        "join_in": join_in_path,
        "sign_in": "desk/anmelden/",
        "not_found": "gibt-es-nicht/",
    }


PAGE_NAMES = [
    "networks", "start", "finder", "results", "widened", "nothing", "wishes", "danger", "unsure",
    "misread", "detail", "imprint", "privacy", "accessibility", "easy_language", "sign_language",
    "contact", "campaigns", "campaign", "join_ins", "calendar_of_join_ins", "map_of_join_ins",
    "join_in", "sign_in", "not_found",
]  # fmt: skip
STATUS = {"not_found": 404}
