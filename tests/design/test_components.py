"""Pages are built by others from these templates: each must render, speak and obey the rules."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from knotenpunkt.design import samples, views
from knotenpunkt.design.templatetags.design import icon, icon_names, name_lines, status_shape

DESIGN = Path(samples.__file__).parent
TEMPLATES = DESIGN / "templates" / "design"
STATIC = DESIGN / "static"
VOID = {"meta", "link", "input", "img", "br", "hr"}


class Page(HTMLParser):
    """Collects what the rules speak about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == name]


def _pages() -> dict[str, str]:
    values = samples.layout() | samples.everything() | samples.desk() | {"code": 404}
    names = ["start", "results", "detail", "desk"]
    pages = {name: render_to_string(f"design/catalogue/{name}.html", values) for name in names}
    return pages | {"error": render_to_string("design/error.html", values)}


@pytest.fixture(params=["start", "results", "detail", "desk", "error"])
def page(request: pytest.FixtureRequest) -> Page:
    return Page(_pages()[request.param])


def test_a_page_has_one_main_one_h1_and_a_way_to_skip_to_it(page: Page) -> None:
    assert len(page.all("main")) == 1
    assert len(page.all("h1")) == 1
    assert page.all("main")[0]["id"] == "inhalt"
    assert page.all("a")[0]["href"] == "#inhalt"


def test_a_page_obeys_the_content_security_policy(page: Page) -> None:
    assert not [attrs for _tag, attrs in page.tags if "style" in attrs]
    assert not [attrs for _tag, attrs in page.tags if any(key.startswith("on") for key in attrs)]
    assert all("src" in attrs and "defer" in attrs for attrs in page.all("script"))
    assert not page.all("style")


def test_a_page_asks_no_other_server(page: Page) -> None:
    for tag in ("script", "link", "img"):
        for attrs in page.all(tag):
            address = attrs.get("src") or attrs.get("href") or ""
            assert not re.match(r"(https?:)?//", address)


def test_ids_are_unique(page: Page) -> None:
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["start", "results", "detail", "error"])
def test_emergency_numbers_are_one_tap_away(name: str) -> None:
    page = Page(_pages()[name])
    targets = [attrs.get("href") for attrs in page.all("a")]
    assert "#hilfe" in targets
    assert "tel:112" in targets
    assert any(attrs.get("id") == "hilfe" for attrs in page.all("section"))


def test_an_error_page_without_a_database_still_names_two_numbers() -> None:
    html = render_to_string("design/error.html", {"code": 500})
    assert "tel:112" in html
    assert "tel:110" in html


def test_the_help_band_promises_nothing_about_costs() -> None:
    """A network adds numbers of its own, and not every one of them is free."""
    band = _render(
        "_help_band", help_numbers=[{"number": "03731 1", "tel": "037311", "label": "x"}]
    )
    assert "free of charge" not in band and "kostenlos" not in band


def test_a_demo_says_so_on_every_page(page: Page) -> None:
    assert any("kp-demo" in (attrs.get("class") or "") for attrs in page.all("p"))


def test_an_offer_needs_only_title_and_address() -> None:
    offer = {"title": "Eltern-Café", "url": "/angebot/"}
    html = render_to_string("design/components/_offer_card.html", {"offer": offer})
    assert "Eltern-Café" in html
    assert "tel:" not in html
    assert "kp-offer__meet" not in html


def test_titles_from_outside_are_escaped() -> None:
    offer = {"title": "<script>alert(1)</script>", "url": "/", "reason": "<b>x</b>"}
    html = render_to_string("design/components/_offer_card.html", {"offer": offer})
    assert "<script>" not in html
    assert "<b>x" not in html


def test_an_icon_is_silent_beside_a_word_and_named_alone() -> None:
    assert 'aria-hidden="true"' in icon("phone")
    assert 'role="img" aria-label="&lt;Anruf&gt;"' in icon("phone", label="<Anruf>")
    with pytest.raises(FileNotFoundError):
        icon("unknown")


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_takes_the_colour_of_its_text(name: str) -> None:
    drawing = str(icon(name))
    assert 'stroke="currentColor"' in drawing
    assert "#" not in drawing


def test_every_icon_named_in_a_template_exists() -> None:
    named = set()
    for path in DESIGN.rglob("*.html"):
        named |= set(re.findall(r'\{% icon "([\w-]+)"', path.read_text(encoding="utf-8")))
    assert named <= set(icon_names())


def test_a_name_is_parted_before_its_place() -> None:
    assert name_lines("Netzwerk Frühe Hilfen Muldental", "Muldental") == (
        "Netzwerk Frühe Hilfen",
        "Muldental",
    )
    assert name_lines("Kinder im Blick", "Muldental") == ("Kinder im Blick", "Muldental")
    assert name_lines("Muldental", "Muldental") == ("Muldental", "")
    assert name_lines("Muldental") == ("Muldental", "")


def test_an_unknown_state_fails_loudly() -> None:
    assert status_shape("draft") == ("dotted", "quiet")
    with pytest.raises(KeyError):
        status_shape("drafft")


class _Form(forms.Form):
    town = forms.CharField(label="Ort", help_text="PLZ oder Name")
    age = forms.ChoiceField(label="Alter", choices=[("1", "eins")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Stimmt")


def _render(name: str, **values: Any) -> str:
    return render_to_string(f"design/components/{name}.html", values)


def test_a_wrong_field_is_tied_to_its_hint_and_its_error() -> None:
    form = _Form({})
    html = _render("_field", field=form["town"])
    control = Page(html).all("input")[0]
    assert control["aria-describedby"] == "id_town_hint id_town_error"
    assert control["aria-invalid"] == "true"
    assert 'id="id_town_error"' in html


def test_several_choices_share_a_heading_and_one_box_has_its_label_behind() -> None:
    form = _Form()
    assert "<legend" in _render("_field", field=form["age"])
    box = _render("_field", field=form["agreed"])
    assert box.index("<input") < box.index("<label")


def test_the_error_summary_leads_to_each_wrong_field() -> None:
    form = _Form({})
    page = Page(_render("_error_summary", form=form))
    assert [a["href"] for a in page.all("a")] == ["#id_town", "#id_age", "#id_agreed"]
    assert page.all("div")[0]["role"] == "alert"
    assert _render("_error_summary", form=_Form()).strip() == ""


def test_the_catalogue_shows_every_component() -> None:
    html = render_to_string("design/catalogue/index.html", _catalogue_values())
    shown = {name.strip() for line in re.findall(r"<code>(_[^<]+)</code>", html)
             for name in line.split(",")}  # fmt: skip
    parts = {"_brand", "_demo_line", "_desk_brand", "_desk_menu", "_desk_menu_entries",
             "_desk_search", "_account_links", "_contact_hours", "_field_error", "_field_hint",
             "_field_check", "_field_group", "_field_label", "_table_cell", "_footer",
             "_help_band", "_languages", "_messages", "_monogram", "_offer_mark", "_page_head",
             "_search_bar", "_date_tile", "_age_field", "_place_field", "_trap"}  # fmt: skip
    all_files = {path.stem for path in (TEMPLATES / "components").glob("_*.html")}
    assert all_files - parts == {name.removesuffix(".html") for name in shown}


def _catalogue_values() -> dict[str, Any]:
    captured: dict[str, Any] = {}

    def keep(_request: object, _name: str, context: dict[str, Any]) -> str:
        captured.update(context)
        return ""

    original, views.render = views.render, keep  # type: ignore[assignment]
    try:
        views.catalogue(RequestFactory().get("/design/"))
    finally:
        views.render = original
    return captured | {"sample_pages": ()}


def test_a_public_page_weighs_less_than_100_kb() -> None:
    html = _pages()["results"]
    files = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    assert "vendor/htmx/htmx.min.js" in files
    weight = len(gzip.compress(html.encode()))
    weight += sum(len(gzip.compress((STATIC / name).read_bytes())) for name in files)
    assert weight < 60_000


def test_style_sheets_name_no_physical_direction_and_no_small_type() -> None:
    for path in (STATIC / "design" / "css").glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"(margin|padding|border)-(left|right)", css), path.name
        assert not re.search(r"text-align:\s*(left|right)", css), path.name
        for size in re.findall(r"font(?:-size)?:[^;]*?(\d*\.?\d+)rem", css):
            assert float(size) * 16 >= 14, (path.name, size)


def test_vendored_files_ask_for_no_source_map() -> None:
    for path in (STATIC / "vendor").rglob("*.*s"):
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8")
