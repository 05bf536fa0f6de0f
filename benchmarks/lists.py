"""How long a coordinator waits for a list: `python -m benchmarks.lists [OFFERS]`.

The real server with one worker, 5,000 offers, and 1,100 partners with 2,500 people, asked by one
person, page by page; and how long it takes to save all partners as a file. Beside it a
bare Django list page over the same table. Rounds alternate, so that other work on the machine
meets all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from benchmarks.installation import NETWORK, installation, measured
from benchmarks.machine import described
from benchmarks.measuring import percentiles
from benchmarks.pages import plain_site
from tests.installations import served

OFFERS = 5_000
ROUNDS, REQUESTS, WARMING = 5, 8, 3
GOAL_MS = 100
INSIDE = "benchmarks.lists_inside"
LIST = f"/{NETWORK}/desk/angebote/"
PARTNERS = f"/{NETWORK}/desk/partner/"
PAGES = {
    "list, all offers": LIST,
    "list, last page, sorted by town": f"{LIST}?sort=ort&seite=99",
    "list, two words": f"{LIST}?q=krabbel+freiberg",
    "list, place, age and costs": f"{LIST}?ort=Freiberg&alter=1-3&kosten=free",
    "list, drafts": f"{LIST}?stand=entwurf",
    "data quality": f"{LIST}qualitaet/",
    "offers behind a finding": f"{LIST}qualitaet/ohne-zeiten/",
    "partners, all organisations": PARTNERS,
    "partners, last page, by last seen": f"{PARTNERS}?sort=-gesehen&seite=22",
    "partners, two words": f"{PARTNERS}?q=haus+freiberg",
    "partners, kind, region, unconfirmed": f"{PARTNERS}?art=childcare&region=alle&stand=faellig",
    "people, all": f"{PARTNERS}personen/",
    "people, by organisation": f"{PARTNERS}personen/?sort=organisation&seite=20",
    "people, two words": f"{PARTNERS}personen/?q=wiesner+haus",
}
FILES = {
    "organisations as CSV": (f"{PARTNERS}speichern/", "csv"),
    "organisations as XLSX": (f"{PARTNERS}speichern/", "xlsx"),
    "people as CSV": (f"{PARTNERS}personen/speichern/", "csv"),
    "people as XLSX": (f"{PARTNERS}personen/speichern/", "xlsx"),
}
FILE_GOAL_MS = 5_000
BARE = "bare Django list page"


def ask(port: int, path: str, cookies: Mapping[str, str]) -> tuple[float, int]:
    """One page: milliseconds and bytes."""
    told = _told(cookies)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": told} if told else {})
    answer = connection.getresponse()
    length = len(answer.read())
    took = (time.perf_counter() - begun) * 1000
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path} answered {answer.status}.")
    return took, length


def _told(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def save(port: int, path: str, form: str, cookies: Mapping[str, str]) -> tuple[float, int]:
    """One file of all partners: milliseconds and bytes."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PARTNERS, headers={"Cookie": _told(cookies)})
    page = connection.getresponse()
    page.read()
    token = _cookie(page, "csrftoken")
    headers = {
        "Cookie": _told({**cookies, "csrftoken": token}),
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": token,
    }
    begun = time.perf_counter()
    connection.request("POST", path, body=urlencode({"form": form}), headers=headers)
    answer = connection.getresponse()
    length = len(answer.read())
    took = (time.perf_counter() - begun) * 1000
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path} answered {answer.status}.")
    return took, length


def _cookie(answer: HTTPResponse, name: str) -> str:
    told = answer.headers.get_all("Set-Cookie") or []
    return next(one.split(";")[0].partition("=")[2] for one in told if one.startswith(f"{name}="))


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else OFFERS
    took: dict[str, list[float]] = {name: [] for name in (*PAGES, BARE)}
    sizes: dict[str, int] = {}
    with installation() as inside:
        cookies: dict[str, str] = measured(inside, INSIDE, NETWORK, str(count))
        with served(inside, "--workers", "1") as ours, plain_site(inside) as bare:
            for number in range(ROUNDS):
                for name, path in PAGES.items():
                    _round(ours.port, name, path, cookies, took, sizes, warm=number == 0)
                _round(bare.port, BARE, "/", {}, took, sizes, warm=number == 0)
            files = {
                name: save(ours.port, path, form, cookies) for name, (path, form) in FILES.items()
            }
    print(f"Lists of {count} offers, 1,100 organisations, 2,500 people ({described()})")
    print(f"  1 worker, one person, {ROUNDS} rounds of {REQUESTS} requests; milliseconds")
    for name, values in took.items():
        p50, p95, _p99 = percentiles(values)
        verdict = "" if name == BARE or p50 < GOAL_MS else f"  over the promised {GOAL_MS} ms"
        size = sizes[name] / 1000
        print(f"  {name:36} p50 {p50:6.1f}  p95 {p95:6.1f}  {size:6.1f} kB{verdict}")

    for name, (milliseconds, length) in files.items():
        verdict = "" if milliseconds < FILE_GOAL_MS else "  over the promised 5 s"
        print(f"  {name:36} {milliseconds / 1000:6.2f} s  {length / 1000:8.1f} kB{verdict}")


def _round(
    port: int,
    name: str,
    path: str,
    cookies: Mapping[str, str],
    took: dict[str, list[float]],
    sizes: dict[str, int],
    *,
    warm: bool,
) -> None:
    for _number in range(WARMING if warm else 0):
        ask(port, path, cookies)
    for _number in range(REQUESTS):
        milliseconds, sizes[name] = ask(port, path, cookies)
        took[name].append(milliseconds)


if __name__ == "__main__":
    main()
