"""非在编说明 of an institution: issued, downloaded, taken back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.applications.queries.seats import other_staff
from zhiping.files.serving import made_file
from zhiping.kernel import clock
from zhiping.organisations.queries import visible_to as bodies_visible_to
from zhiping.portals.employer.posts.forms import StatementForm
from zhiping.posts.operations import issue_statement, revoke_statement
from zhiping.posts.queries import statements_visible_to
from zhiping.web.numbers import whole_number
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def index(request: HttpRequest) -> HttpResponse:
    """What was stated so far, and stating it of somebody else."""
    body, now = get_object_or_404(bodies_visible_to(request.actor)), clock.now()
    year = clock.beijing_day(now).year
    form = StatementForm(request.POST or None, staff=other_staff(body.pk), initial={"year": year})
    if form.is_valid():
        with form.showing_refusals():
            issue_statement(institution=body, actor=request.actor, now=now, **form.cleaned_data)
            messages.success(request, "说明已出具，正在生成 PDF。本人申报时不用再上传。")
            return redirect("employer:posts:statements")
    rows = Paginator(statements_visible_to(request.actor), A_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "employer/posts/statements.html", {"form": form, "page": rows}, status=status)


@page(audience=Audience.EMPLOYER)
def paper(request: HttpRequest, key: int) -> HttpResponse:
    """One statement as PDF."""
    statement = get_object_or_404(statements_visible_to(request.actor), pk=key)
    if not statement.pdf:
        raise Http404
    return made_file(statement.pdf, name=f"statement-{statement.pk}.pdf", as_attachment=True)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a statement back."""
    statement = get_object_or_404(statements_visible_to(request.actor), pk=key)
    said = whole_number(request.POST.get("version"))
    version = -1 if said is None else said
    revoke_statement(statement=statement, version=version, actor=request.actor, now=clock.now())
    messages.success(request, f"{statement.person.name}的非在编说明已收回。")
    return redirect("employer:posts:statements")
