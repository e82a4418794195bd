"""A clinic's file is read whole, or refused with a sentence that names the place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic.configuration import read_clinic

SHIPPED = Path(__file__).resolve().parent.parent / "clinic" / "clinic.toml"
CHANGES = {
    "name is missing": ('name = "Lamplight Demonstration Clinic"', ""),
    "name must be of type str": ('name = "Lamplight Demonstration Clinic"', "name = 1"),
    "phone is empty": ('phone = "555-0142"', 'phone = ""'),
    "fax is not known": ('phone = "555-0142"', 'phone = "555-0142"\nfax = "1"'),
    "timezone 'Mars' is not known": ("America/Chicago", "Mars"),
    "timezone '../x' is not known": ("America/Chicago", "../x"),
    "route must be one of": ('route = "injection"', 'route = "tablet"'),
    "holidays must hold dates": ("[2026-11-26,", '["Christmas",'),
    "holidays must be of type list": ("holidays = [", "holidays = 1 # ["),
    "hours.monday.opens must be of type time": ("opens = 09:00:00", "opens = 9"),
    "hours.monday must be of type dict": (
        "monday = { opens = 09:00:00, closes = 17:00:00 }",
        'monday = "9 to 5"',
    ),
    "hours.monday closes before it opens": ("opens = 09:00:00", "opens = 18:00:00"),
    "hours.mittwoch is not known": ("wednesday =", "mittwoch ="),
    "promise.read_within_working_days is empty or not above zero": (
        "read_within_working_days = 2",
        "read_within_working_days = 0",
    ),
    "promise.read_within_working_days must be of type int": (
        "read_within_working_days = 2",
        "read_within_working_days = true",
    ),
    "crisis.regions.US.call is missing": ('call = "988"', ""),
    "crisis.regions.US.reviewed must be of type date": (
        "reviewed = 2026-11-01",
        'reviewed = "lately"',
    ),
    "crisis.regions.UK must be a table": (
        "[crisis.regions.US]",
        "[crisis.regions]\nUK = 999\n[crisis.regions.US]",
    ),
    "rota.email is missing": ('email = "ash@demo.invalid"', ""),
    "cannot be read": ("[promise]", "[promise"),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "clinic.toml"
    path.write_text(text)
    return path


def test_the_shipped_clinic_is_sound() -> None:
    clinic = read_clinic(SHIPPED)
    assert clinic["crisis"]["regions"]["US"]["call"] == "988"
    assert clinic["hours"]["monday"]["opens"].isoformat() == "09:00:00"


@pytest.mark.parametrize("sentence", CHANGES)
def test_a_clinic_is_refused_because(sentence: str, tmp_path: Path) -> None:
    before, after = CHANGES[sentence]
    text = SHIPPED.read_text()
    assert before in text
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        read_clinic(written(tmp_path, text.replace(before, after, 1)))


def test_a_clinic_that_never_opens_is_refused(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^[a-z]+day = .*$", "", SHIPPED.read_text())
    with pytest.raises(ImproperlyConfigured, match="no day"):
        read_clinic(written(tmp_path, text))


def test_a_clinic_where_nobody_opens_alerts_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text().partition("[[rota]]")[0]
    top, _, rest = text.partition("[hours]")
    with pytest.raises(ImproperlyConfigured, match="names nobody"):
        read_clinic(written(tmp_path, f"{top}rota = []\n[hours]{rest}"))
    with pytest.raises(ImproperlyConfigured, match="must hold tables"):
        read_clinic(written(tmp_path, f'{top}rota = ["Ash"]\n[hours]{rest}'))


def test_a_clinic_may_have_nobody_on_call(tmp_path: Path) -> None:
    on_call = 'on_call = "on-call@demo.invalid"'
    text = SHIPPED.read_text().replace(
        on_call, 'on_call = ""\ndrill_to = "a@b.invalid"'
    )
    clinic = read_clinic(written(tmp_path, text))
    assert (clinic["on_call"], clinic["drill_to"]) == ("", "a@b.invalid")


def test_a_region_without_contacts_does_not_stop_the_server(tmp_path: Path) -> None:
    text = SHIPPED.read_text().replace('region = "US"', 'region = "FR"')
    assert read_clinic(written(tmp_path, text))["region"] == "FR"
