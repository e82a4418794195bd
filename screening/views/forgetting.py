"""Pages after which this device is to know nothing more of the answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from screening.views.access import DRAFT

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

FORGET = '"cache", "storage"'


def forgets(view: View[P]) -> View[P]:
    """Have the browser drop what it kept, once it holds no draft any more."""

    @wraps(view)
    def guarded(
        request: HttpRequest, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if DRAFT not in request.session:
            response["Clear-Site-Data"] = FORGET
        return response

    return guarded
