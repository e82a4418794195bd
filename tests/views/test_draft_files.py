"""A draft is handed out as files, and read in again file by file."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import escape

from screening.engine.document import content_hash, read_directory
from screening.models import DraftChange, Protocol, Role
from screening.services.protocol import drafting
from screening.services.publishing import publish
from tests.records import a_member_of_staff
from tests.small_protocol import small_document
from tests.views.boxes import boxes

pytestmark = pytest.mark.django_db
HOME = "/staff/protocol/draft/"
FILE = f"{HOME}file/sections/first.toml/"
NEW_PAGE = """
[[page]]
slug = "sleep"
title = "Your sleep"
enable_when = [[{ question = "low", operator = "=", answer = "yes" }]]

[[page.item]]
link_id = "awake"
type = "boolean"
text = "Do you lie awake?"
required = true
"""


@pytest.fixture
def desk(client: Client) -> Client:
    lead = a_member_of_staff(Role.LEAD)
    client.force_login(lead)
    publish(small_document(version="1.0.0"))
    drafting.start(by=lead)
    return client


def draft() -> Protocol:
    return Protocol.objects.get(status="draft")


def test_the_files_of_any_version_say_the_same_when_read_again(
    desk: Client, tmp_path: Path
) -> None:
    for protocol in Protocol.objects.filter(url="urn:example:small"):
        got = desk.get(f"/staff/protocol/{protocol.pk}/files.zip")
        folder = tmp_path / str(protocol.pk)
        zipfile.ZipFile(BytesIO(got.content)).extractall(folder)
        assert content_hash(read_directory(folder)) == protocol.content_hash
        assert got["Content-Disposition"].endswith('.zip"')


def test_a_new_page_that_opens_by_an_answer_comes_with_its_file(desk: Client) -> None:
    shown = desk.get(f"{HOME}files/").text
    assert FILE in shown and "medicines.toml" in shown
    posted = boxes(desk, FILE)
    said = posted | {"text": posted["text"] + NEW_PAGE.replace("\n", "\r\n")}
    assert desk.post(FILE, said).status_code == 302
    pages = draft().document()["sections"][0]["page"]
    assert pages[-1]["slug"] == "sleep"
    assert DraftChange.objects.filter(name="awake").exists()
    assert "Page “Your sleep” is added" in desk.get(HOME).text
    assert desk.post(FILE, said).status_code == 422


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("[[page", "first.toml: "),
        ("[[page]]\nslug = 3", "3 is not a text"),
        ("[[page]]\nsluk = 3", "unknown key sluk"),
        ("[nothing]", "unknown key nothing"),
        (
            NEW_PAGE.replace('"sleep"', '"mood"'),
            "section “first”, page “mood”: it is there twice",
        ),
        (
            NEW_PAGE.replace("awake", "a" * 81),
            "page “sleep”, question “" + "a" * 40 + "…”: link id can have 80",
        ),
        (NEW_PAGE.replace("Your", "\\u0000"), "is not a text"),
        (f"[[page]]\nslug = {'[' * 9999}", "too deep to be read"),
        (NEW_PAGE.replace('type = "boolean"', 'instrument = "nope"'), "nope"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing_and_says_where(
    desk: Client, more: str, told: str
) -> None:
    posted = boxes(desk, FILE)
    refused = desk.post(FILE, posted | {"text": f"{posted['text']}\n{more}"})
    assert refused.status_code == 422
    assert "Nothing was saved" in refused.text and told in refused.text
    assert escape(more) in refused.text
    assert not DraftChange.objects.exists()


def test_a_file_read_in_unchanged_changes_nothing(desk: Client) -> None:
    before = draft().content_hash
    assert desk.post(FILE, boxes(desk, FILE)).status_code == 302
    assert draft().content_hash == before and not DraftChange.objects.exists()


def test_a_file_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get(f"{HOME}file/sections/none.toml/").status_code == 404
    posted = {"text": "x"}
    assert desk.post(f"{HOME}file/../../etc/passwd/", posted).status_code == 404


def test_a_page_that_cannot_be_opened_is_a_mistake_with_its_place(
    desk: Client,
) -> None:
    posted = boxes(desk, FILE)
    closed = NEW_PAGE.replace('"low"', '"nobody"')
    assert (
        desk.post(FILE, posted | {"text": posted["text"] + closed}).status_code == 302
    )
    assert "No question or score is called nobody" in desk.get(HOME).text


def test_a_code_that_no_file_can_have_leaves_every_page_open(desk: Client) -> None:
    posted = boxes(desk, FILE)
    text = posted["text"].replace('"first"', '"My Section"', 1)
    refused = desk.post(FILE, posted | {"text": text})
    assert refused.status_code == 422 and "My Section" in refused.text
    for page in (HOME, f"{HOME}files/", FILE):
        assert desk.get(page).status_code == 200
