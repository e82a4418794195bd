"""The rooms of the lead's desk, and who may open each."""

from __future__ import annotations

from screening.models import Role

READERS = {Role.REVIEWER, Role.LEAD}
LEAD = {Role.LEAD}
HOME = "staff/protocol/draft/"

DRAFT_ROUTES: dict[tuple[str, str], set[Role]] = {
    (HOME, "get"): READERS,
    (f"{HOME}list/<slug:kind>/", "get"): READERS,
    (f"{HOME}replay/", "get"): READERS,
    (f"{HOME}people/", "get"): READERS,
    (f"{HOME}people/<uuid:key>/", "get"): READERS,
    (f"{HOME}people/at/<slug:slug>/", "get"): READERS,
    (f"{HOME}preview/", "get"): READERS,
    (f"{HOME}preview/<slug:slug>/", "get"): READERS,
    (f"{HOME}preview/end/", "get"): READERS,
    (f"{HOME}preview/help/", "get"): READERS,
    (f"{HOME}countersign/", "post"): READERS,
    (f"{HOME}start/", "post"): LEAD,
    (f"{HOME}discard/", "post"): LEAD,
    (f"{HOME}change/<slug:kind>/<path:name>/", "get"): LEAD,
    (f"{HOME}files/", "get"): READERS,
    ("staff/protocol/<int:pk>/files.zip", "get"): READERS,
    ("staff/protocol/<int:pk>/grounds/", "get"): READERS,
    (f"{HOME}file/<path:name>/", "get"): LEAD,
    (f"{HOME}add/<slug:kind>/", "get"): LEAD,
    (f"{HOME}remove/<slug:kind>/<path:name>/", "post"): LEAD,
    (f"{HOME}replay/ask/", "post"): LEAD,
    (f"{HOME}replay/cancel/", "post"): LEAD,
    (f"{HOME}people/bless/", "post"): LEAD,
    (f"{HOME}people/<uuid:key>/explain/", "post"): LEAD,
    (f"{HOME}propose/", "post"): LEAD,
    (f"{HOME}publish/", "post"): LEAD,
    ("staff/protocol/<int:pk>/again/", "post"): LEAD,
    ("staff/protocol/<int:pk>/retire/", "post"): LEAD,
}
