"""A draft as its files: all of them handed out, each of them changed as it stands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from screening.engine.directory import as_files
from screening.engine.document import ProtocolError
from screening.models import Protocol, Role
from screening.services.protocol import drafting, exchanging
from screening.views.access import clinician, staff
from screening.views.protocol.drafts import FOLDER, READERS, current


@staff(*READERS)
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    draft = current()
    context = {
        "here": "protocol",
        "draft": draft,
        "is_lead": clinician(request).role == Role.LEAD,
        "files": list(as_files(draft.document())),
    }
    return TemplateResponse(request, f"{FOLDER}_files.html", context)


@staff(*READERS)
@require_safe
def exported(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out any version: the very files that are read in again."""
    protocol = get_object_or_404(Protocol, pk=pk)
    answer = HttpResponse(
        exchanging.archive(protocol.document()), content_type="application/zip"
    )
    name = f"protocol-{protocol.content_hash[:12]}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Read one file in again; one that cannot be read changes nothing."""
    draft = current()
    files = as_files(draft.document())
    if name not in files:
        raise Http404
    text, problem = request.POST.get("text", files[name]), ""
    if request.method == "POST":
        try:
            _read_in(request, draft, name, text.replace("\r\n", "\n"))
            return redirect(f"{reverse('draft')}?saved=yes")
        except (ProtocolError, drafting.DraftMoved, drafting.NoDraft) as refusal:
            problem = str(refusal)
    context = {"here": "protocol", "draft": draft, "name": name}
    context |= {"text": text, "problem": problem}
    template, status = f"{FOLDER}_file.html", 422 if problem else 200
    return TemplateResponse(request, template, context, status=status)


def _read_in(request: HttpRequest, draft: Protocol, name: str, text: str) -> None:
    document = exchanging.with_file(draft.document(), name, text)
    seen = request.POST.get("seen", "")
    drafting.save(draft, document, by=clinician(request), seen=seen)
