"""Walking pages by the keyboard alone: Tab, arrows, blank and Enter, nothing else."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Visit

MOST_STOPS = 250
MOST_OPTIONS = 40
HAS_FOCUS = "(one) => one === document.activeElement"
# Browsers order day, month and year as their system does.
AS_TYPED = ("%m%d%Y", "%d%m%Y")
Name = str | re.Pattern[str]


class Keys:
    """The hands of one person who has no mouse."""

    def __init__(self, one: Visit) -> None:
        self.one = one
        # What was wrong with pages on the way.
        self.faults: list[str] = []

    @property
    def page(self) -> Page:
        """Where they are."""
        return self.one.page

    @property
    def main(self) -> Locator:
        """What they came for, without menus."""
        return self.page.locator("main")

    def to(self, target: Locator) -> None:
        """Tab on until it has the focus, round the end of the page if it stands further up."""
        if not self._is_below(target):
            self._to_content()
        for _stop in range(MOST_STOPS):
            if target.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to it on {self.page.url}: {target}")

    def _is_below(self, target: Locator) -> bool:
        order = """(one) => document.activeElement !== document.body && Boolean(
          document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)"""
        return bool(target.evaluate(order)) or bool(target.evaluate(HAS_FOCUS))

    def _to_content(self) -> None:
        """By the link that skips the menus, the first stop of each page."""
        self.page.evaluate("document.activeElement.blur()")
        skip = self.page.locator("a[href='#inhalt']")
        if not skip.count():
            return
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if skip.first.evaluate(HAS_FOCUS):
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"nothing skips to the content: {self.page.url}")

    def press(self, name: Name) -> None:
        """A button or link by its name, and wait for the page that follows."""
        main = self.main
        target = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        self.enter(target.filter(visible=True).first)

    def enter(self, target: Locator) -> None:
        """Enter on it leads to another page."""
        self.to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def field(self, label: Name) -> Locator:
        """The field of exactly this label, else of one that holds it."""
        exact = self.main.get_by_label(label, exact=True).filter(visible=True)
        return (exact if exact.count() else self.main.get_by_label(label)).first

    def write(self, label: Name, text: str) -> None:
        """Put words into a field, in place of what stands there."""
        field = self.field(label)
        self.to(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        assert field.input_value() == text

    def choose_day(self, label: Name, day: date) -> None:
        """Type a day into a field of the browser."""
        field = self.field(label)
        for order in AS_TYPED:
            self.page.evaluate("document.activeElement.blur()")
            self.to(field)
            self.page.keyboard.type(day.strftime(order))
            if field.input_value() == day.isoformat():
                return
        raise AssertionError(f"{label}: {field.input_value()}")

    def tick(self, label: Name) -> None:
        """Set a tick that is not set."""
        box = self.main.get_by_role("checkbox", name=label).first
        self.to(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def choose(self, label: Name) -> None:
        """One of several: the group is one stop, arrows go through it."""
        wanted = self.main.get_by_role("radio", name=label).first
        group = wanted.get_attribute("name") or ""
        radios = self.main.locator(f"input[type=radio][name='{group}']")
        chosen = next((one for one in radios.all() if one.is_checked()), radios.first)
        self.to(chosen)
        self.page.keyboard.press("Space")
        for _option in range(MOST_OPTIONS):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to it: {label}")

    def pick(self, label: Name, option: str) -> None:
        """An option of a list, by its first letters."""
        field = self.field(label)
        self.to(field)
        self.page.keyboard.type(option)
        chosen = field.evaluate("(one) => one.selectedOptions[0].label")
        assert chosen.startswith(option), chosen
