"""A form as a browser sends it back: every field of the page, as it stands there."""

from __future__ import annotations

from html.parser import HTMLParser


class Form(HTMLParser):
    """The fields of the form with this id (or of the only one that posts)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._select = self._area = ""
        self._text: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = told.get("method") == "post" and "data-unsaved" in told
        if not self._inside:
            return
        if tag == "input":
            self._input(told)
        elif tag == "select":
            self._select, self._first = told["name"], True
        elif tag == "option" and self._select and ("selected" in told or self._first):
            self.fields[self._select] = [told["value"]]
            self._first = False
        elif tag == "textarea":
            self._area, self._text = told["name"], []

    def _input(self, told: dict[str, str]) -> None:
        ticked = told.get("type") not in ("checkbox", "radio") or "checked" in told
        if told.get("name") and ticked and told.get("type") not in ("submit", "file"):
            box = told.get("type") in ("checkbox", "radio")
            value = told.get("value", "on" if box else "")
            self.fields.setdefault(told["name"], []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # A browser drops the first line break, and sends the others as CR LF.
            text = "".join(self._text).removeprefix("\r\n").removeprefix("\n")
            self.fields[self._area] = [text.replace("\r\n", "\n").replace("\n", "\r\n")]
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._inside = False


def fields_of(page: str) -> dict[str, list[str]]:
    """The fields of the form on a page, ready to be sent."""
    return Form(page).fields
