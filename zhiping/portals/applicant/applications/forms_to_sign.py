"""Forms of the notice, filled in with what is known: asked for with one press, downloaded once they are made."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.applications.operations.preparing import prepare_form
from zhiping.applications.queries import visible_to
from zhiping.applications.queries.drafts import with_plan
from zhiping.applications.queries.prepared import prepared_form
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.web.pages import Audience, page


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def prepared(request: HttpRequest, key: int, form: str) -> HttpResponse:
    """POST asks the queue; GET waits, then gives the file. A form of an older draft is never given out."""
    application = with_plan(visible_to(request.actor)).filter(pk=key).first()
    if application is None:
        raise Http404
    if request.method == "POST":
        prepare_form(application=application, key=form, actor=request.actor, now=clock.now())
        return redirect("applicant:applications:prepared", key, form)
    found = prepared_form(application, form)
    if found is None:
        return redirect("applicant:applications:attachments", key)
    if not found.file:
        return render(request, "applicant/applications/prepared.html", {"application": application})
    return made_file(found.file, name=f"{found.key}-{key}.pdf", as_attachment=True)
