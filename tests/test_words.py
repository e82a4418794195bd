"""What patients read is plain, kind, and promises nothing."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pytest

from docs.generate import ROOT, Table
from screening.engine.reading_grade import grade, sentences, words
from tests.patient_words import (
    explained_words,
    form_paths,
    form_texts,
    medicine_words,
    page_prose,
    page_texts,
    pages,
    template_paths,
    template_text,
)

GRADE, CRISIS_GRADE, MEDIAN_GRADE, SENTENCE = 6, 5, 5, 20
CRISIS_PAGES = {"safe-a", "safe-b"}
CRISIS_TEMPLATE = re.compile(r"crisis|help|urgent|safety")

# A plural counts as the word. Why each is here: docs/decisions/0007-words-we-refuse.md
REFUSED = (
    *("eligible", "ineligible", "qualify", "approved", "reject", "rejected"),
    *("candidate", "score", "you have depression", "high risk", "low risk"),
    *("cure", "guarantee", "relief", "effective", "proven", "70%", "most people"),
    *("just", "simply", "non-compliant", "sufferer", "suicidal person", "epidemic"),
    *("commit suicide", "committed suicide", "committed", "failed suicide"),
    *("failed attempt", "successful attempt", "cry for help", "monitoring"),
    *("addict", "abuser", "junkie", "clean", "dirty", "crazy"),
    *("we have told our team", "help is on the way", "will see this immediately"),
)
REFUSED_WORD = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, REFUSED))})s?(?!\w)", re.IGNORECASE
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _slug(page: Table) -> str:
    return str(page["slug"])


def _page_grade(page: Table) -> float:
    """Short options flatter a page, so its prose is measured by itself too."""
    texts = (page_prose(page), page_texts(page))
    return max(grade("\n".join(text), medicine_words()) for text in texts)


def _too_long(texts: list[str]) -> list[str]:
    found = [part for text in texts for part in sentences(text)]
    return [part for part in found if len(words(part)) > SENTENCE]


@pytest.mark.parametrize("shown", pages(), ids=_slug)
def test_a_page_is_read_at_grade_six(shown: Table) -> None:
    assert _page_grade(shown) <= GRADE


@pytest.mark.parametrize("shown", pages(), ids=_slug)
def test_a_sentence_of_a_page_has_twenty_words_at_most(shown: Table) -> None:
    assert _too_long(page_texts(shown)) == []


@pytest.mark.parametrize("shown", pages(), ids=_slug)
def test_a_page_uses_no_refused_word(shown: Table) -> None:
    assert REFUSED_WORD.findall("\n".join(page_texts(shown))) == []


def test_the_pages_about_suicide_are_read_at_grade_five() -> None:
    crisis = [page for page in pages() if page["slug"] in CRISIS_PAGES]
    assert {page["slug"] for page in crisis} == CRISIS_PAGES
    assert [p["slug"] for p in crisis if _page_grade(p) > CRISIS_GRADE] == []


def test_the_questionnaire_as_a_whole_is_read_at_grade_five() -> None:
    assert median(map(_page_grade, pages())) <= MEDIAN_GRADE


@pytest.mark.parametrize("path", template_paths(), ids=_name)
def test_a_patient_template_uses_no_refused_word(path: Path) -> None:
    assert REFUSED_WORD.findall(template_text(path)) == []


@pytest.mark.parametrize("path", template_paths(), ids=_name)
def test_a_patient_template_is_plain(path: Path) -> None:
    text = template_text(path)
    limit = CRISIS_GRADE if CRISIS_TEMPLATE.search(path.name) else GRADE
    assert _too_long([text]) == []
    # A label of a few words has no grade worth the name.
    assert len(words(text)) < 10 or grade(text, medicine_words()) <= limit


@pytest.mark.parametrize("path", form_paths(), ids=_name)
def test_what_is_said_about_an_answer_is_plain(path: Path) -> None:
    texts = form_texts(path)
    assert REFUSED_WORD.findall("\n".join(texts)) == []
    assert _too_long(texts) == []
    assert grade("\n".join(texts), medicine_words()) <= GRADE


def test_a_refused_word_is_found_as_a_whole_word_only() -> None:
    assert REFUSED_WORD.findall("Just relax. Scores of adjusted scorecards.") == [
        "Just",
        "Scores",
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat. It was a big cat.", -3, 1),
        ("You do not have to face this alone. You can talk to someone now.", 0, 4),
        ("Institutional considerations necessitate methodological caution.", 20, 60),
    ],
)
def test_the_grade_knows_easy_from_hard(text: str, low: float, high: float) -> None:
    assert low <= grade(text) <= high


def test_the_glossary_explains_only_words_that_patients_meet() -> None:
    met = {
        word for page in pages() for text in page_texts(page) for word in words(text)
    }
    assert explained_words() - met == set()
