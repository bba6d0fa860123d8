"""Reading messages; what has been read is marked by a button, because a link changes nothing."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhiping.kernel import clock
from zhiping.messaging.operations import mark_read
from zhiping.messaging.queries import visible_to
from zhiping.web.pages import Audience, page

A_PAGE = 20


@page(audience=Audience.APPLICANT, methods=("GET", "POST"))
def inbox(request: HttpRequest) -> HttpResponse:
    """All messages, newest first; POST marks this page's as read."""
    shown = Paginator(visible_to(request.actor), A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        mark_read(messages=shown.object_list, actor=request.actor, now=clock.now())
        return redirect(request.get_full_path())
    return render(request, "applicant/inbox/list.html", {"page": shown})
