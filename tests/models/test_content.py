"""What follows from a draft's content is worked out once, and never out of date."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine.document import content_hash
from screening.models import Protocol
from screening.models.content import OfContent
from screening.services.protocol import drafting
from screening.services.publishing import publish
from tests.small_protocol import small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Protocol:
    publish(small_document(version="1.0.0"))
    return drafting.start(by=None)


def renamed(draft: Protocol, title: str) -> None:
    document = draft.document()
    document["protocol"]["title"] = title
    Protocol.objects.filter(pk=draft.pk).update(
        title=title, content_hash=content_hash(document)
    )


def title_of(document: dict[str, Any]) -> str:
    return str(document["protocol"]["title"])


def test_the_same_content_is_worked_on_once(
    draft: Protocol, django_assert_num_queries: Any
) -> None:
    title = OfContent(title_of)
    first = title(draft)
    with django_assert_num_queries(0):
        assert title(draft) is first


def test_another_content_is_worked_on_anew(draft: Protocol) -> None:
    title = OfContent(title_of)
    title(draft)
    renamed(draft, "Another")
    draft.refresh_from_db()
    assert title(draft) == "Another"


def test_what_was_saved_while_it_was_read_is_not_kept(draft: Protocol) -> None:
    title = OfContent(title_of)
    draft.title = "Saved by somebody else, under another hash"
    assert title(draft) == draft.title
    draft.refresh_from_db()
    assert title(draft) != "Saved by somebody else, under another hash"


def test_a_draft_is_built_once_for_each_content(
    draft: Protocol, django_assert_num_queries: Any
) -> None:
    built = draft.engine
    with django_assert_num_queries(0):
        assert draft.engine is built
    renamed(draft, "Another")
    draft.refresh_from_db()
    assert draft.engine.title == "Another"
