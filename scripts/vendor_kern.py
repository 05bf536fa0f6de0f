"""Cut KERN UX down to the tokens and components this product uses.

The published style sheet is 340 KB; a public page may weigh 100 KB in all. This script keeps the
components named in ``KEPT``, the tokens that they and our own style sheets refer to, puts
everything into the cascade layer ``kern`` (so that our own rules win without a fight about
specificity) and turns left/right into start/end for right-to-left languages.

    npm install @kern-ux/native@2.7.2
    python scripts/vendor_kern.py node_modules/@kern-ux/native/dist/kern.css
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "knotenpunkt" / "design" / "static"
TARGET = STATIC / "vendor" / "kern" / "kern.css"
NOTICE = """/*! KERN UX 2.7.2 (@kern-ux/native), EUPL-1.2, see LICENSE.md.
    Changed: cut to the tokens and components used here, put into the layer "kern",
    left/right turned into start/end. Built by scripts/vendor_kern.py; do not edit. */
"""

KEPT = {
    "kern-sr-only",
    "kern-btn",
    "kern-btn--primary",
    "kern-btn--secondary",
    "kern-btn--tertiary",
    "kern-btn--block",
    "kern-label",
    "kern-hint",
    "kern-error",
    "kern-fieldset",
    "kern-fieldset--error",
    "kern-fieldset__body",
    "kern-form-input",
    "kern-form-input__input",
    "kern-form-input__input--error",
    "kern-form-input__select",
    "kern-form-check",
    "kern-alert",
    "kern-alert--info",
    "kern-alert--success",
    "kern-alert--warning",
    "kern-alert--danger",
    "kern-alert__header",
    "kern-alert__body",
    "kern-title",
    "kern-progress",
    "kern-table",
    "kern-table__head",
    "kern-table__body",
    "kern-table__row",
    "kern-table__header",
    "kern-table__cell",
    "kern-table__cell--numeric",
    "kern-table__header--numeric",
    "kern-table-responsive",
}
THEME_ROOTS = (":root", ":is(body, .kern-light")
LOGICAL = (
    (r"\b(padding|margin)-left\b", r"\1-inline-start"),
    (r"\b(padding|margin)-right\b", r"\1-inline-end"),
    (r"\bborder-left\b", "border-inline-start"),
    (r"\bborder-right\b", "border-inline-end"),
    (r"text-align: left\b", "text-align: start"),
    (r"text-align: right\b", "text-align: end"),
    (r"(?<![-\w])left:", "inset-inline-start:"),
    (r"(?<![-\w])right:", "inset-inline-end:"),
)


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield (prelude, body) of each rule on the top level of ``css``."""
    depth = start = body_start = 0
    prelude = ""
    for at, sign in enumerate(css):
        if sign == "{":
            if depth == 0:
                prelude, body_start = css[start:at].strip(), at + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[body_start:at].strip()
                start = at + 1


def kept_selectors(prelude: str) -> list[str]:
    """The selectors of a rule that speak only of components we use."""
    kept = []
    for selector in re.split(r",\s*(?![^(]*\))", prelude):
        classes = set(re.findall(r"\.(kern-[\w-]+)", selector))
        if classes and classes <= KEPT:
            kept.append(selector.strip())
    return kept


def kept_rules(css: str) -> Iterator[str]:
    """Component rules in their order; media queries are entered, tokens are left to others."""
    for prelude, body in blocks(css):
        if prelude.startswith("@media"):
            inner = "".join(kept_rules(body))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif not prelude.startswith(("@", *THEME_ROOTS)) and "data:" not in body:
            selectors = kept_selectors(prelude)
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def token_rules(css: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield (media query or "", selector, tokens) of each block that defines tokens."""
    for prelude, body in blocks(css):
        if prelude.startswith("@media"):
            for _, selector, tokens in token_rules(body):
                yield prelude, selector, tokens
        elif prelude.startswith(THEME_ROOTS):
            yield "", prelude.split(":not")[0].split(",")[0], declarations(body)


def declarations(body: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+)", body))


def used_tokens(text: str, rules: list[tuple[str, str, dict[str, str]]]) -> set[str]:
    """All tokens that ``text`` needs, with those that they are made of."""
    used: set[str] = set()
    fresh = set(re.findall(r"var\((--kern[\w-]+)", text))
    while fresh:
        used |= fresh
        values = " ".join(t[name] for *_, t in rules for name in fresh if name in t)
        fresh = set(re.findall(r"var\((--kern[\w-]+)", values)) - used
    return used


def squeeze(css: str) -> str:
    """Drop the fall-back of each ``var()``, needless blanks, and physical directions."""
    css = re.sub(r"var\((--[\w-]+),[^()]*(?:\([^()]*\))?[^()]*\)", r"var(\1)", css)
    for physical, logical in LOGICAL:
        css = re.sub(physical, logical, css)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*|:\s+(?=[^{}]*[;}])", lambda m: m[1] or ":", css)


def tokens_css(rules: list[tuple[str, str, dict[str, str]]], used: set[str]) -> Iterator[str]:
    for media, selector, tokens in rules:
        body = ";".join(f"{name}:{value}" for name, value in tokens.items() if name in used)
        if body:
            selector = ":root,body" if selector.startswith(":is(") else selector
            yield f"{media}{{{selector}{{{body}}}}}" if media else f"{selector}{{{body}}}"


def main(source: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
    css = css.replace('@charset "UTF-8";', "")
    components = "\n".join(kept_rules(css))
    own = "".join(p.read_text(encoding="utf-8") for p in sorted((STATIC / "design").rglob("*.css")))
    rules = list(token_rules(css))
    tokens = "\n".join(tokens_css(rules, used_tokens(squeeze(components) + own, rules)))
    TARGET.write_text(NOTICE + squeeze(f"@layer kern{{{tokens}{components}}}") + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
