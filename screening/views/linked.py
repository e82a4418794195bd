"""A link that was followed: which one it was is kept in the session, its secret not."""

from __future__ import annotations

from django.http import HttpRequest

from screening.services import links


def keep(
    request: HttpRequest, kind: type[links.AnyLink], token: str, name: str
) -> None:
    """Use nothing up: programs that read mail open every link in it."""
    found = links.find(kind, token)
    if found is not None:
        request.session[name] = str(found.pk)
    elif name in request.session:
        del request.session[name]
