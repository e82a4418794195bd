"""Walks the questionnaire over HTTP, as a patient with given answers would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from screening.engine.protocol import Item, Page, Protocol
from screening.models import Response

Answers = Mapping[str, Any]
Posted = dict[str, Any]


FORM = "application/x-www-form-urlencoded"


def post(client: Client, address: str, fields: Posted) -> Any:
    """Post fields as bytes, so that what no text may hold can be sent as well."""
    body = urlencode(fields, doseq=True, errors="surrogatepass")
    return client.post(address, body, content_type=FORM)


def posted(page: Page, answers: Answers) -> Posted:
    """Return what a browser posts for the answers that belong to a page."""
    fields: Posted = {"action": "continue"}
    for item in page.items:
        if item.type == "group":
            continue
        for name, value in _fields(item, answers.get(item.link_id)):
            fields[name] = value
    return fields


def _fields(item: Item, raw: Any) -> Iterator[tuple[str, Any]]:
    if raw is None:
        return
    if isinstance(raw, dict):
        boxed = item.type in ("text", "date", "decimal", "lookup")
        boxed = boxed or (item.type == "integer" and item.maximum != 10)
        yield (f"{item.link_id}-instead" if boxed else item.link_id), raw["absent"]
    elif item.type == "date":
        year, month, day = raw.split("-")
        yield f"{item.link_id}-month", month
        yield f"{item.link_id}-day", day
        yield f"{item.link_id}-year", year
    elif isinstance(raw, bool):
        yield item.link_id, "true" if raw else "false"
    elif raw == "not-applicable":
        yield item.link_id, raw
    else:
        yield item.link_id, raw


def rows_posted(page: Page, answers: Answers) -> list[Posted]:
    """Return one post for each row of the page's list."""
    group = next((item for item in page.items if item.type == "group"), None)
    rows = answers.get(group.link_id, []) if group else []
    return [
        {"action": "add", "row-index": "", "row-count": str(number)}
        | {
            f"row-{name}": value
            for field in group.fields
            for name, value in _fields(field, row.get(field.link_id))
        }
        for number, row in enumerate(rows)
    ]


def begin(client: Client, protocol: Protocol, answers: Answers) -> str:
    """Give consent; return the address of the first page after it."""
    token = client.get("/begin/").wsgi_request.start_token  # type: ignore[attr-defined]
    said = posted(protocol.pages[0], answers) | {"start-token": token}
    landed = client.post("/begin/", said)
    assert landed.status_code == 302, landed.content.decode()
    return str(landed["Location"])


def walk(client: Client, protocol: Protocol, answers: Answers) -> list[str]:
    """Answer every page that is asked; return the addresses visited, in order."""
    address, visited = begin(client, protocol, answers), [""]
    while address != "/check/":
        assert address != visited[-1], f"{address} leads to itself"
        visited.append(address)
        address = _step(client, protocol, answers, address)
    return [*visited[1:], address]


def _step(client: Client, protocol: Protocol, answers: Answers, address: str) -> str:
    if address == "/help-now/":
        return str(client.get(address).context["continue_url"])
    page = protocol.page[address.split("/")[2]]
    for row in rows_posted(page, answers):
        client.post(address, row)
    landed = client.post(address, posted(page, answers))
    assert landed.status_code == 302, (address, landed.context["form"].errors)
    return str(landed["Location"])


def send(client: Client) -> Response:
    """Send what was answered; return the response as it is stored."""
    check = client.get("/check/")
    assert check.status_code == 200
    key = check.context["send_key"]
    assert client.post("/send/", {"send_key": str(key)})["Location"] == "/sent/"
    return Response.objects.get(send_key=key)
