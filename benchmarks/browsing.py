"""A visitor without a browser: keeps cookies, follows redirects, fills in forms as they come."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

MOST_REDIRECTS = 5
# Name and content of a file that is sent.
File = tuple[str, bytes]


@dataclass
class Form:
    """One form of a page with what stands in it, and the names and values of its buttons."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back at last, where from, and how long all of it took."""

    status: int
    path: str
    text: str
    milliseconds: float

    def form(self, end_of_action: str) -> Form | None:
        """The form whose action ends with it, if there is one."""
        reader = Forms(self.path)
        reader.feed(self.text)
        fitting = (one for one in reader.forms if one.action.endswith(end_of_action))
        return next(fitting, None)


class Forms(HTMLParser):
    """Reads the forms of a page, with fields that name theirs from elsewhere left out."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[Form]()
        self._open: Form | None = None
        self._select, self._area = "", ""
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            action = urlsplit(urljoin(self.path, told.get("action") or "")).path
            self._open = Form(action, (told.get("method") or "get").upper())
            self.forms.append(self._open)
        elif self._open is not None and "disabled" not in told and "form" not in told:
            self._field(self._open, tag, told)

    def _field(self, form: Form, tag: str, told: Mapping[str, str | None]) -> None:
        name, value, kind = told.get("name") or "", told.get("value"), told.get("type") or "text"
        if tag == "button" and kind != "button":
            form.buttons.setdefault(name, value or "")
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and name and kind not in ("submit", "button", "image"):
            ticked = kind in ("checkbox", "radio")
            if not ticked or "checked" in told:
                form.fields.append((name, value or ("on" if ticked and value is None else "")))
        elif tag == "select":
            self._select, self._chosen = name, None
        elif tag == "option" and self._select and (self._chosen is None or "selected" in told):
            self._chosen = value or ""
        elif tag == "textarea":
            self._area = name
            form.fields.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._open is not None:
            self._open.fields[-1] = (self._area, data.lstrip("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = ""
        elif tag == "select" and self._open is not None and self._select:
            self._open.fields.append((self._select, self._chosen or ""))
            self._select = ""


@dataclass
class Visitor:
    """One person at one device. `seen` is told of each request: what for, and its page."""

    port: int
    seen: Callable[[str, Page], None]
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, what: str, path: str) -> Page:
        """A page, after all redirects."""
        return self._followed(what, "GET", path, b"", {})

    def submit(self, what: str, form: Form, *, press: str = "", **told: str | File) -> Page:
        """Send a form as it stands, with these fields filled in and this button pressed."""
        words = [(name, value) for name, value in form.fields if name not in told]
        words += [(name, value) for name, value in told.items() if isinstance(value, str)]
        words += [(press, form.buttons[press])] if press else []
        files = {name: value for name, value in told.items() if not isinstance(value, str)}
        kind, body = _several_parts(words, files) if form.files else _one_part(words)
        return self._followed(what, form.method, form.action, body, {"Content-Type": kind})

    def _followed(
        self, what: str, method: str, path: str, body: bytes, more: Mapping[str, str]
    ) -> Page:
        page, onwards = self._asked(method, path, body, more)
        self.seen(what, page)
        for _redirect in range(MOST_REDIRECTS):
            if not onwards:
                break
            page, onwards = self._asked("GET", onwards, b"", {})
            self.seen(f"{what}, then", page)
        return page

    def _asked(
        self, method: str, path: str, body: bytes, more: Mapping[str, str]
    ) -> tuple[Page, str]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": "localhost", "Accept-Language": "de", **self.headers, **more}
        headers |= {"Cookie": kept} if kept else {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        started = time.perf_counter()
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except OSError as problem:
            return Page(0, path, type(problem).__name__, 0.0), ""
        finally:
            connection.close()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        took = (time.perf_counter() - started) * 1000
        onwards = urljoin(path, answer.headers.get("Location", ""))
        is_redirect = answer.status in (301, 302, 303)
        return Page(answer.status, urlsplit(path).path, text, took), onwards if is_redirect else ""

    def _keep(self, cookies: list[str]) -> None:
        for line in cookies:
            for name, told in SimpleCookie(line).items():
                self.cookies[name] = told.value


def _one_part(words: list[tuple[str, str]]) -> tuple[str, bytes]:
    return "application/x-www-form-urlencoded", urlencode(words).encode()


def _several_parts(words: list[tuple[str, str]], files: Mapping[str, File]) -> tuple[str, bytes]:
    border = uuid.uuid4().hex
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in words
    ]
    parts += [
        f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, (file, content) in files.items()
    ]
    body = b"".join(f"--{border}\r\n".encode() + part for part in parts)
    return f"multipart/form-data; boundary={border}", body + f"--{border}--\r\n".encode()
