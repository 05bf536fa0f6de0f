"""The typesetter itself: a template and its values in, a tagged PDF or a picture out.

Run as a program, it reads its order from the standard input and ends afterwards: a paper of a
thousand pages takes a gigabyte while it is made, and only a process that ends gives it back.
Knows nothing of Django, so that it starts quickly.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import typst

LONGEST = 600  # seconds
PAPER: dict[str, Any] = {"format": "pdf", "pdf_standards": "ua-1"}
PICTURE: dict[str, Any] = {"format": "png", "ppi": 72}


@dataclass(frozen=True, slots=True)
class Order:
    """A template below `root`, the folder of fonts, the values as JSON, and the time of making.

    `as_picture`: a PNG of its only page, one pixel a point, instead of a PDF.
    """

    template: str
    root: str
    fonts: str
    given: str
    at: int
    as_picture: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The paper, with what the typesetter warned of; or, without a paper, its complaint."""

    content: bytes = b""
    warnings: tuple[str, ...] = ()
    problem: str = ""


def compiled(order: Order) -> Outcome:
    """The paper, made in this process."""
    try:
        made, warnings = typst.compile_with_warnings(
            order.template,
            root=order.root,
            font_paths=_fonts(order.fonts),
            ignore_system_fonts=True,
            sys_inputs={"given": order.given},
            timestamp=order.at,
            **(PICTURE if order.as_picture else PAPER),
        )
    except typst.TypstError as problem:
        return Outcome(problem=problem.diagnostic or str(problem))
    return Outcome(bytes(made), tuple(one.message for one in warnings))


@lru_cache(maxsize=1)
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def compiled_apart(order: Order) -> Outcome:
    """The paper, made in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, "-I", __file__],
        input=json.dumps(asdict(order)).encode(),
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    head, _newline, content = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        return Outcome(problem=f"the typesetter ended with {done.returncode}")
    told = json.loads(head)
    return Outcome(content, tuple(told["warnings"]), told["problem"])


def _main() -> None:
    outcome = compiled(Order(**json.load(sys.stdin)))
    head = json.dumps({"warnings": outcome.warnings, "problem": outcome.problem})
    sys.stdout.buffer.write(head.encode() + b"\n" + outcome.content)


if __name__ == "__main__":
    _main()
