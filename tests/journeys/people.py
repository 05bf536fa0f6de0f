"""People in journeys: accounts, signing in, devices with passkeys."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page

from knotenpunkt.front.demo.networks import PASSWORD
from tests.installations import CONSOLE, Installation
from tests.journeys.conftest import Visit

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def account(installation: Installation, name: str, role: str) -> None:
    """Somebody with a role in the network "mittelsachsen", with the password of the demo."""
    command = (
        str(CONSOLE), "account", "create", f"{name}@example.org", "--name", name.title(),
        "--network", "mittelsachsen", "--role", role, "--password-stdin",
    )  # fmt: skip
    done = installation.execute([*command], told=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr


def sign_in(one: Visit, name: str, password: str = PASSWORD) -> Page:
    """With the password."""
    page = one.go("desk/anmelden/")
    page.locator("input[name=username]").fill(f"{name}@example.org")
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


def with_device(one: Visit) -> Any:
    """A device that makes passkeys and is unlocked at once."""
    session = one.context.new_cdp_session(one.page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, made["authenticatorId"]


def press(page: Page, label: str | re.Pattern[str]) -> None:
    """A button or link by its name, and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=label).or_(page.get_by_role("link", name=label)).click()
