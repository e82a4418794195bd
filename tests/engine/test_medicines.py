"""A typed name is read exactly, or asked about; it is never guessed in silence."""

from __future__ import annotations

import pytest

from screening.engine.medicines import Formulary, State, normal, shortened
from screening.engine.protocol import Medicine
from tests.engine.making import MEDICINES

TABLE = Formulary(
    (
        *MEDICINES,
        Medicine("St John's wort", (), ("serotonergic",)),
        Medicine("vitamin B12", (), ("none-known",)),
        Medicine("pills", (), ("none-known",)),
    )
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sertraline", "sertraline"),
        ("Zoloft", "sertraline"),
        ("  ZOLOFT  ", "sertraline"),
        ("Zoloft®", "sertraline"),
        ("zoloft™", "sertraline"),
        ("Zolóft", "sertraline"),
        ("ＺＯＬＯＦＴ", "sertraline"),
        ("zoloft.", "sertraline"),
        ("(zoloft)", "sertraline"),
        ("St. John’s Wort", "St John's wort"),
        ("st johns wort", "St John's wort"),
        ("VITAMIN B-12", "vitamin B12"),
        ("vitamin b 12", "vitamin B12"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(typed: str, name: str) -> None:
    reading = TABLE.read(typed)
    assert reading.state is State.KNOWN
    assert reading.medicine is not None
    assert reading.medicine.name == name
    assert reading.typed == typed


@pytest.mark.parametrize(
    "typed",
    [
        "sertraline 50",
        "sertraline 50mg",
        "sertraline 12.5 mg",
        "Zoloft 100 mg twice a day",
        "Effexor XR",
        "venlafaxine XR 75mg once daily",
        "alprazolam 500 mcg",
        "alprazolam 500 µg",
        "quetiapine_er 300 mg tablets",
    ],
)
def test_a_strength_or_release_form_at_the_end_is_dropped(typed: str) -> None:
    assert TABLE.read(typed).state is State.KNOWN


def test_a_number_that_belongs_to_the_name_is_no_strength() -> None:
    codeine, plain = TABLE.read("tylenol 3"), TABLE.read("Tylenol 325 mg")
    assert codeine.medicine is MEDICINES[-1]
    assert plain.medicine is MEDICINES[-2]
    assert TABLE.read("Tylenol #3").medicine is codeine.medicine
    for more in ("tablets", "twice a day", "300 mg", "1 tablet daily"):
        assert TABLE.read(f"Tylenol 3 {more}").medicine is codeine.medicine


def test_a_name_that_is_all_strength_stays_whole() -> None:
    assert list(shortened("pills 2 a day")) == [
        "pills 2 a day",
        "pills 2 a",
        "pills 2",
        "pills",
    ]
    assert TABLE.read("pills").state is State.KNOWN


@pytest.mark.parametrize("typed", ["sertralin", "zolft", "alprazolan 1 mg"])
def test_a_near_match_is_a_question_and_not_an_answer(typed: str) -> None:
    reading = TABLE.read(typed)
    assert reading.state is State.NEAR
    assert reading.matched in ("sertraline", "Zoloft", "alprazolam")


@pytest.mark.parametrize("typed", ["", " ", "zzz", "?", "锂", "I do not remember"])
def test_what_looks_like_nothing_in_the_table_is_unknown(typed: str) -> None:
    reading = TABLE.read(typed)
    assert (reading.state, reading.medicine) == (State.UNKNOWN, None)


@pytest.mark.parametrize(
    "typed", ["Zoloft 锂", "Zoloft и литий", "sertraline + lithium", "zoloft/xanax"]
)
def test_a_second_drug_beside_a_known_one_is_never_dropped(typed: str) -> None:
    assert TABLE.read(typed).state is not State.KNOWN


def test_the_end_of_a_very_long_name_is_never_cut_off_unread() -> None:
    assert TABLE.read("zoloft".ljust(200)).state is State.KNOWN
    assert TABLE.read("zoloft".ljust(201)).state is State.UNKNOWN
    padded = "zoloft" + " " * 300
    assert TABLE.read(padded + "and lithium").state is State.UNKNOWN
    assert TABLE.read("zoloft" * 20_000).state is State.UNKNOWN


def test_names_in_other_scripts_stay_apart() -> None:
    assert normal("锂") != normal("舍曲林") != ""
    assert normal("Ünïcode_x") == "unicode x"


def test_the_first_of_two_medicines_with_one_name_keeps_it() -> None:
    first, second = Medicine("a-drug", ("Brand",)), Medicine("b-drug", ("brand",))
    assert Formulary((first, second)).read("BRAND").medicine is first


def test_classes_of_a_whole_list_of_known_names_are_settled() -> None:
    names = ["Zoloft", "Xanax 1 mg"]
    classes = TABLE.classes(names, complete=True)
    assert classes == {"antidepressant", "sri", "benzodiazepine"}
    assert TABLE.classes([], complete=True) == frozenset()


@pytest.mark.parametrize("odd", ["zzz", "", None])
def test_a_name_not_in_the_table_may_hide_a_drug_of_any_class(odd: str | None) -> None:
    classes = TABLE.classes(["Xanax", odd], complete=True)
    assert classes == {"benzodiazepine", "not-in-table", "asked-unknown"}


def test_a_near_match_adds_its_classes_and_leaves_the_others_open() -> None:
    classes = TABLE.classes(["alprazolan"], complete=True)
    assert classes == {"benzodiazepine", "not-in-table", "asked-unknown"}


def test_a_list_not_declared_whole_may_lack_a_drug_of_any_class() -> None:
    assert TABLE.classes(["Xanax"], complete=False) == {
        "benzodiazepine",
        "asked-unknown",
    }
    assert TABLE.classes([], complete=False) == {"asked-unknown"}
