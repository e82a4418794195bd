"""A link that was followed: which one it was is kept in the session, its secret not."""

from __future__ import annotations

from django.http import HttpRequest

from screening.services import links


def keep(
    request: HttpRequest, kind: type[links.AnyLink], token: str, name: str
) -> None:
    """Use nothing up: programs that read mail open every link in it.

    A session that was here before gets a new key: whoever laid it out for the next
    person to use does not see what the link opens.
    """
    found = links.find(kind, token)
    if found is not None:
        request.session[name] = str(found.pk)
        if not request.user.is_authenticated:
            request.session.cycle_key()
    elif name in request.session:
        del request.session[name]
