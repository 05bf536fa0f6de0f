"""Makes the pictures of the handbook anew: a fresh demo on an ordinary Tuesday, seen in a browser.

    .venv/bin/python -m scripts.handbook_pictures            all of them
    .venv/bin/python -m scripts.handbook_pictures heute      only those named (and what they need)

They lie in knotenpunkt/front/handbook/static/handbook/, as small as they can be. What they show
stands in the chapters, as their alternative text. Three of them are in docs/screenshots, too.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright

from knotenpunkt.front.demo.networks import PASSWORD
from scripts.machine import CHROMIUM

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "knotenpunkt" / "front" / "handbook" / "static" / "handbook"
SCREENSHOTS = ROOT / "docs" / "screenshots"
LIST = ROOT / "docs" / "examples" / "angebotsliste.csv"
# Tuesday, shortly after nine in Berlin: nobody reads a handbook at night.
MOMENT = datetime(2026, 11, 10, 8, 12, tzinfo=UTC)
SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PORT = 8791
SITE = f"http://localhost:{PORT}/mittelsachsen/"
MOST_BYTES = 120 * 1024
WAIT_SECONDS = 60
# In processes of this script only: the console command, at that moment.
AT_THE_MOMENT = "--at-the-moment"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: what is done to get there, and how much of the page is kept (0: the screen)."""

    name: str
    show: Callable[[Page], None]
    height: int = 0
    signed_in: bool = True


def at(path: str) -> Callable[[Page], None]:
    """Just open a page of the desk."""

    def show(page: Page) -> None:
        page.goto(f"{SITE}desk/{path}")

    return show


def an_offer(words: str, deed: str = "") -> Callable[[Page], None]:
    """An offer that the list finds by these words, or one of its pages."""

    def show(page: Page) -> None:
        page.goto(f"{SITE}desk/angebote/?q={words}")
        page.locator("main table tbody a").first.click()
        page.wait_for_load_state()
        if deed:
            page.goto(page.url.partition("?")[0] + deed)

    return show


def columns(page: Page) -> None:
    """The second step of an import."""
    page.goto(f"{SITE}desk/angebote/einlesen/")
    page.set_input_files("input[type=file]", LIST)
    page.get_by_role("button", name="Weiter zu den Spalten").click()
    page.wait_for_url("**/spalten/")


def check(page: Page) -> None:
    """The third step, from the second."""
    page.get_by_role("button", name="Weiter zum Prüfen").click()
    page.get_by_role("button", name="Zeilen einlesen").wait_for()


def undo(page: Page) -> None:
    """The fourth step, and the question before it is undone."""
    page.get_by_role("button", name="Zeilen einlesen").click()
    page.locator("a[href*='rueckgaengig']").first.click()
    page.wait_for_load_state()


def call(page: Page) -> None:
    """A request to be called that is taken on."""
    page.goto(f"{SITE}desk/anliegen/")
    page.get_by_role("link", name="Rückruf: Hefezopf").click()
    page.get_by_role("button", name="Ich kümmere mich").click()
    page.get_by_role("button", name="Ergebnis speichern").wait_for()


def note(page: Page) -> None:
    """The note that unfolds above every page."""
    page.goto(f"{SITE}desk/angebote/")
    page.locator(".kp-quicknote summary").click()
    page.locator(".kp-quicknote input[name=who]").fill("Familienhaus Lindenbrücke")
    words = "Schickt bis Freitag die neuen Zeiten."
    page.locator(".kp-quicknote textarea").fill(words)


def dark(page: Page) -> None:
    """The first page on a telephone that is set to dark."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    page.goto(f"{SITE}desk/")


# In this order: what changes the demo comes after what shows it untouched.
def signatures(page: Page) -> None:
    """Two partners are ticked as those who have signed."""
    page.goto(f"{SITE}desk/vereinbarungen/?stand=alle")
    page.locator("main tbody a").first.click()
    page.get_by_role("link", name="Unterschriften eintragen").click()
    for box in page.locator("tbody input[name=wahl]").all()[:2]:
        box.check()


SHOTS = (
    Shot("anmelden", at("anmelden/"), 680, signed_in=False),
    Shot("arbeitsplatz", at("")),
    Shot("heute", at(""), 760),
    Shot("angebote", at("angebote/"), 640),
    Shot("bearbeiten", an_offer("Sandkasten", "bearbeiten/"), 700),
    Shot("veroeffentlichen", an_offer("Sandkasten", "veroeffentlichen/"), 520),
    Shot("datenqualitaet", at("angebote/qualitaet/"), 720),
    Shot("befund", at("angebote/qualitaet/ohne-ort/"), 520),
    Shot("bilder", an_offer("Hefezopf", "bilder/"), 350),
    Shot("anliegen", at("anliegen/"), 480),
    Shot("notiz", note),
    Shot("notizen", at("notizen/"), 560),
    Shot("vollstaendigkeit", at("vollstaendigkeit/"), 800),
    Shot("unterschriften", signatures, 640),
    Shot("personen", at("personen/"), 900),
    Shot("konto", at("konto/"), 760),
    Shot("protokoll", at("verlauf/"), 640),
    Shot("spalten", columns, 720),
    Shot("pruefen", check, 760),
    Shot("zuruecknehmen", undo, 520),
    Shot("hintergrund", at("auftraege/?stand=erledigt"), 620),
    Shot("anruf", call, 1040),
    Shot("dunkel", dark),
)
# These are shown to newcomers, too: the whole screen.
FOR_NEWCOMERS = {"arbeitsplatz": "desk-today.webp", "angebote": "desk-offers.webp",
                 "pruefen": "desk-import.webp"}  # fmt: skip
# Shots that go on from the page of another one.
NEEDS = {"pruefen": {"spalten"}, "zuruecknehmen": {"spalten", "pruefen"},
         "hintergrund": {"spalten", "pruefen", "zuruecknehmen"}}  # fmt: skip


def main() -> None:
    """Load a demo, serve it, take the pictures."""
    if sys.argv[1:2] == [AT_THE_MOMENT]:
        _console()
        return
    wanted = set(sys.argv[1:]) or {shot.name for shot in SHOTS}
    for name in list(wanted):
        wanted |= NEEDS.get(name, set())
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)):
        _take([shot for shot in SHOTS if shot.name in wanted])


def _console() -> None:
    """`knotenpunkt …`, as if it were that moment."""
    from django.utils import timezone

    from knotenpunkt.front.commands.main import run

    begun = time.monotonic()
    moment = MOMENT.timestamp()
    timezone.now = lambda: datetime.fromtimestamp(moment + time.monotonic() - begun, tz=UTC)
    sys.argv = ["knotenpunkt", *sys.argv[2:]]
    run()


@contextmanager
def _served(folder: Path) -> Iterator[None]:
    """A fresh demo, and its server until the block ends."""
    command = [sys.executable, "-m", "scripts.handbook_pictures", AT_THE_MOMENT]
    foreign = ("KNOTENPUNKT_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    environ = kept | {"KNOTENPUNKT_DATA": str(folder)}
    subprocess.run([*command, "demo", "load"], cwd=ROOT, env=environ, check=True)
    server = subprocess.Popen([*command, "serve", "--port", str(PORT)], cwd=ROOT, env=environ)
    try:
        _wait_until_ready()
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=WAIT_SECONDS)


def _wait_until_ready() -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://localhost:{PORT}/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("The demo did not start.")


def _take(shots: list[Shot]) -> None:
    browser_path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                  "--hide-scrollbars", "--lang=de-DE"],
            env={**os.environ, "LANGUAGE": "de"},
        )  # fmt: skip
        page = browser.new_page(viewport=SCREEN, locale="de-DE", reduced_motion="reduce")  # type: ignore[arg-type]
        signed_in = False
        for shot in shots:
            if shot.signed_in and not signed_in:
                _sign_in(page)
                signed_in = True
            shot.show(page)
            _keep(shot, page)
        browser.close()


def _sign_in(page: Page) -> None:
    page.goto(f"{SITE}desk/")
    page.fill("input[name=username]", "petra@example.org")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _keep(shot: Shot, page: Page) -> None:
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    clip = _clip(page, shot.height)
    content = page.screenshot(clip=clip, full_page=clip is not None)
    small = _small(Image.open(io.BytesIO(content)).convert("RGB"))
    (PICTURES / f"{shot.name}.webp").write_bytes(small)
    if shot.name in FOR_NEWCOMERS:
        screen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        (SCREENSHOTS / FOR_NEWCOMERS[shot.name]).write_bytes(_small(screen))
    print(f"{shot.name}: {len(small) // 1024} KB")


def _clip(page: Page, height: int) -> FloatRect | None:
    """The page without what stands around it, from its top."""
    if not height:
        return None
    box = page.locator("main").bounding_box()
    if box is None:
        raise SystemExit(f"{page.url} has no content.")
    return {"x": box["x"], "y": box["y"], "width": box["width"],
            "height": min(box["height"], height)}  # fmt: skip


def _small(picture: Image.Image) -> bytes:
    """Without loss where that is small enough, which letters deserve."""
    for options in ({"lossless": True}, {"quality": 85}, {"quality": 70}):
        kept = io.BytesIO()
        picture.save(kept, "WEBP", method=6, **options)
        if len(kept.getvalue()) <= MOST_BYTES:
            break
    return kept.getvalue()


if __name__ == "__main__":
    main()
