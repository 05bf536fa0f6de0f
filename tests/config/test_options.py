"""Settings are read as declared; a mistyped name is told with the one that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.options import Environment, UnusableSetting, unknown_settings

SECRET = "KNOTENPUNKT_SECRET_KEY"


def test_only_declared_names_can_be_read() -> None:
    with pytest.raises(KeyError, match=r"options\.py"):
        Environment({"KNOTENPUNKT_NEW": "1"}).text("KNOTENPUNKT_NEW")


def test_an_empty_value_counts_as_left_out() -> None:
    assert Environment({"KNOTENPUNKT_DATA": " "}).text("KNOTENPUNKT_DATA", "here") == "here"


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("k" * 50 + "\n")
    assert Environment({f"{SECRET}_FILE": str(file)}).text(SECRET) == "k" * 50


def test_a_secret_in_two_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSetting, match="not both"):
        Environment({SECRET: "a", f"{SECRET}_FILE": str(tmp_path)}).text(SECRET)


def test_a_missing_secret_file_is_told_and_not_taken_for_empty(tmp_path: Path) -> None:
    with pytest.raises(UnusableSetting, match=f"{SECRET}_FILE cannot be read"):
        Environment({f"{SECRET}_FILE": str(tmp_path / "none")}).text(SECRET)


def test_what_is_no_secret_is_not_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "hosts"
    file.write_text("netz.example.org")
    assert Environment({"KNOTENPUNKT_HOSTS_FILE": str(file)}).text("KNOTENPUNKT_HOSTS") == ""


@pytest.mark.parametrize(
    ("word", "meaning"), [("yes", True), ("True", True), ("no", False), ("0", False), ("", False)]
)
def test_yes_and_no(word: str, meaning: bool) -> None:
    environment = Environment({"KNOTENPUNKT_BEHIND_PROXY": word})
    assert environment.yes("KNOTENPUNKT_BEHIND_PROXY") is meaning


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(UnusableSetting, match="yes or no"):
        Environment({"KNOTENPUNKT_BEHIND_PROXY": "perhaps"}).yes("KNOTENPUNKT_BEHIND_PROXY")


def test_names_are_separated_by_commas() -> None:
    environment = Environment({"KNOTENPUNKT_HOSTS": "a.example.org, b.example.org,"})
    assert environment.names("KNOTENPUNKT_HOSTS") == ["a.example.org", "b.example.org"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KNOTENPUNKT_HOST", "KNOTENPUNKT_HOSTS"),
        ("KNOTENPUNTK_DATA", "KNOTENPUNKT_DATA"),
        ("knotenpunkt_hosts", "KNOTENPUNKT_HOSTS"),
        ("DATABASE_APP_URI", "DATABASE_APP_URL"),
        ("KNOTENPUNKT_SECRETKEY_FILE", "KNOTENPUNKT_SECRET_KEY_FILE"),
    ],
)
def test_a_mistyped_name_is_told_with_the_one_that_was_meant(written: str, meant: str) -> None:
    assert unknown_settings({written: "x"}) == [f"There is no setting {written}. Meant {meant}?"]


def test_a_name_like_no_other_is_told_and_other_programs_stay_alone() -> None:
    told = unknown_settings({"KNOTENPUNKT_ZZZZZZZZZZZZZZZZ": "1", "PATH": "/bin", "DATABASE": "x"})
    assert told == ["There is no setting KNOTENPUNKT_ZZZZZZZZZZZZZZZZ: it has no effect."]


def test_no_value_is_ever_told() -> None:
    assert "hidden" not in "".join(unknown_settings({"KNOTENPUNKT_SECRET_KEYS": "hidden"}))
