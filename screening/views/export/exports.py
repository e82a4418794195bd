"""What leaves the desk: the basis on paper, a case as a file, a list as a table."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from screening.models import Response, Role
from screening.services import promises, reviewing
from screening.services.desk import disclosing
from screening.views.access import clinician, staff
from screening.views.desk.one_case import READERS, open_to_me
from screening.views.export import basis_page, cells, lists


@staff(*READERS)
@require_safe
@open_to_me
def basis(request: HttpRequest, response: Response) -> HttpResponse:
    reviewing.open_case(response, by=clinician(request), how="printed")
    context = basis_page.context(response)
    return TemplateResponse(request, "screening/clinician/basis.html", context)


@staff(*READERS)
@require_safe
@reauthentication_required
@open_to_me
def basis_file(request: HttpRequest, response: Response) -> HttpResponse:
    """Hand out the basis as a PDF for the record, once that is on record."""
    # Loading what draws takes half a second, for which no other page should wait.
    from screening.views.export import basis_paper

    by = clinician(request)
    reviewing.open_case(response, by=by, how="filed")
    context = basis_page.context(response)
    clinic = promises.context()["name"]
    file = basis_paper.drawn(context, by=str(by), clinic=clinic, at=timezone.now())
    name = f'attachment; filename="{response.reference}-basis.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@staff(*READERS)
@require_safe
@reauthentication_required
@open_to_me
def case_file(request: HttpRequest, response: Response) -> HttpResponse:
    """Hand out all that is held on a case, once the reader has signed in anew."""
    by = clinician(request)
    reviewing.open_case(response, by=by, how="exported")
    held = disclosing.copy_of(response.reference, by=by)
    name = f'attachment; filename="{response.reference}.json"'
    return JsonResponse(held, headers={"Content-Disposition": name})


@staff(Role.LEAD)
@require_safe
@reauthentication_required
def table(request: HttpRequest, which: str) -> HttpResponseBase:
    """Stream a whole list; that it was taken is on record before the first line."""
    if which not in lists.LISTS:
        raise Http404
    reviewing.export_list(which, by=clinician(request))
    lines = cells.lines(lists.HEAD, lists.rows(which))
    name = f'attachment; filename="{which}.csv"'
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name},
    )
