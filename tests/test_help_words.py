"""A clinic words its help pages; no words of its own put anybody at a loss."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from screening.engine.checking import check
from screening.engine.document import (
    ProtocolError,
    content_hash,
    read_directory,
    write_directory,
)
from screening.engine.help_words import SHIPPED, help_words, problems
from screening.models import DraftChange, Protocol, Response, Role
from screening.services.protocol import drafting
from screening.services.publishing import publish
from screening.services.safety import helping
from screening.views.access import DRAFT as DRAFT_OF
from tests import patients
from tests.records import a_member_of_staff
from tests.small_protocol import small_document
from tests.test_words import REFUSED_WORD
from tests.views.boxes import press

DRAFT = "/staff/protocol/draft/"
OWN = {"code": "help-first", "text": "We are glad that you are here."}
CRISIS = {"code": "crisis-title", "text": "We are glad you told us"}


@pytest.mark.parametrize("code", SHIPPED)
def test_the_words_that_ship_are_plain(code: str) -> None:
    text = SHIPPED[code][1]
    assert list(problems(text)) == [] and REFUSED_WORD.findall(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" ... ", "never empty"),
        ("Call 555 0100 now.", "numbers come from the clinic's settings"),
        ("We guarantee that you get well.", "it says guarantee"),
        ("You " + "and you " * 12 + "can call us.", "more than 20 words"),
        ("You can call us. " * 20, "more than 240 characters"),
        (
            "Institutional considerations necessitate methodological caution "
            "regarding immediate professional psychological interventions.",
            "it reads at grade",
        ),
    ],
)
def test_words_that_would_fail_somebody_are_refused(text: str, reason: str) -> None:
    assert reason in " ".join(problems(text))
    mistakes = check(small_document() | {"texts": [OWN | {"text": text}]})
    assert reason in " ".join(map(str, mistakes))


def test_words_of_no_page_and_words_said_twice_are_mistakes() -> None:
    texts = [OWN, OWN, OWN | {"code": "nowhere"}]
    codes = [mistake.code for mistake in check(small_document() | {"texts": texts})]
    assert codes == ["twice", "dangling"]


def test_without_words_of_its_own_a_document_is_what_it_was() -> None:
    document = small_document()
    assert content_hash(document | {"texts": []}) == content_hash(document)
    assert content_hash(document | {"texts": [OWN]}) != content_hash(document)


def test_words_of_its_own_survive_the_trip(tmp_path: Any) -> None:
    document = small_document() | {"texts": [OWN, CRISIS]}
    write_directory(document, tmp_path)
    again = read_directory(tmp_path)
    assert again["texts"] == [OWN, CRISIS]
    assert content_hash(again) == content_hash(document)
    with pytest.raises(ProtocolError, match=r"texts.toml is there"):
        write_directory(small_document(), tmp_path)


def browser_of(response: Response) -> Client:
    client = Client()
    session = client.session
    session[DRAFT_OF] = str(response.pk)
    session.save()
    return client


@pytest.fixture
def worded(db: None, document: dict[str, Any]) -> Protocol:
    head = {"protocol": document["protocol"] | {"version": "50"}}
    return publish(document | {"texts": [OWN, CRISIS]} | head)


def numbers() -> list[str]:
    contacts = settings.CLINIC["crisis"]["regions"][settings.CLINIC["region"]]
    return [contacts["call"], contacts["emergency"], settings.CLINIC["phone"]]


def test_the_help_page_says_them_and_every_number(
    worded: Protocol, client: Client, django_assert_num_queries: Any
) -> None:
    assert SHIPPED["help-first"][1] in client.get("/help/").text
    client.get("/")
    with django_assert_num_queries(0):
        shown = client.get("/help/").text
    helping.LATEST.clear()
    assert OWN["text"] in shown and SHIPPED["help-first"][1] not in shown
    assert [number for number in numbers() if number not in shown] == []


class Busy(dict[str, str]):
    """Lets another thread in at the moments when it hurts most."""

    def clear(self) -> None:
        super().clear()
        assert helping.asked_now()["help_first"] == OWN["text"]

    def items(self) -> Any:
        for each in super().items():
            self["help-then"] = "Read anew"
            yield each


def test_the_words_stand_while_another_thread_reads_them_anew(
    worded: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Busy({OWN["code"]: OWN["text"], "help-then": "Old words"})
    monkeypatch.setattr(helping, "LATEST", kept)
    helping.remember()
    assert kept.keys() == {OWN["code"], CRISIS["code"]}
    assert helping.asked_now()["help_first"] == OWN["text"]


def test_somebody_who_began_before_reads_the_words_they_began_with(
    worded: Protocol, document: dict[str, Any]
) -> None:
    began = patients.draft(worded, **patients.ASQ_CALM)
    later = {"texts": [CRISIS | {"text": "Thank you so much"}]}
    head = {"protocol": document["protocol"] | {"version": "99"}}
    publish(document | later | head)
    client = browser_of(began)
    client.post("/page/safe-b/", {"safe-now": "no"})
    shown = client.get("/help-now/").text
    assert CRISIS["text"] in shown and SHIPPED["crisis-now"][1] in shown
    assert [number for number in numbers()[:2] if number not in shown] == []


@pytest.fixture
def desk(client: Client) -> Client:
    lead = a_member_of_staff(Role.LEAD)
    client.force_login(lead)
    publish(small_document(version="1.0.0"))
    drafting.start(by=lead)
    return client


def texts() -> Any:
    return Protocol.objects.get(status="draft").document().get("texts")


@pytest.mark.django_db
def test_a_lead_words_the_help_page_and_takes_it_back(desk: Client) -> None:
    path = f"{DRAFT}change/text/help-first/"
    assert "Help, the first line" in desk.get(f"{DRAFT}list/text/").text
    assert SHIPPED["help-first"][1] in desk.get(path).text
    assert press(desk, path, text=OWN["text"]).status_code == 302
    assert texts() == [OWN]
    shown = desk.get(DRAFT).text
    assert "You do not have to face this alone.” becomes “We are glad" in shown
    refused = press(desk, path, text="Call 555 0100. It is guaranteed.")
    assert refused.status_code == 422
    assert "numbers come from the clinic&#x27;s settings" in refused.text
    assert press(desk, path, text="").status_code == 422
    assert press(desk, path, text=SHIPPED["help-first"][1]).status_code == 302
    assert texts() is None and DraftChange.objects.count() == 2
    assert desk.get(f"{DRAFT}change/text/nowhere/").status_code == 404


def test_what_is_not_said_otherwise_is_as_shipped() -> None:
    said = help_words([(OWN["code"], OWN["text"])])
    assert said["help_first"] == OWN["text"]
    assert said["help_talk"] == SHIPPED["help-talk"][1]
