"""Scan or type the code of a form, then note what happened to the paper (R-306…R-319)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiping.certificates.models import ReviewForm
from zhiping.certificates.operations import note_paper
from zhiping.certificates.queries import copies_wanted, form_by_code
from zhiping.certificates.states import PaperEvent
from zhiping.kernel import clock
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page

EVENTS = [choice for choice in PaperEvent.choices if choice[0] != PaperEvent.EXPORTED]


class FindForm(PlatformForm):
    code = forms.CharField(
        label="评审表二维码", max_length=200, help_text="扫描纸质表上的二维码，或输入网址最后一段。"
    )


class PaperForm(PlatformForm):
    event = forms.ChoiceField(label="办理", choices=EVENTS, widget=forms.RadioSelect)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=20)
    note = forms.CharField(label="备注", max_length=200, required=False)


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """Find a form by its code; show it with what was noted."""
    form = FindForm(request.GET or None)
    if request.GET and form.is_valid():
        code = form.cleaned_data["code"].rstrip("/").rsplit("/", 1)[-1]
        if _own(request, code) is not None:
            return redirect("committee:paper:show", code)
        form.add_error("code", "没有找到本办公室的这张评审表。请核对二维码，或请申报人重新打印。")
    return form_page(request, "committee/paper/index.html", {"form": form})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One printed version: receive, archive, return."""
    found = _own(request, code)
    if found is None:
        return redirect("committee:paper:index")
    wanted = copies_wanted(found.application.plan)
    form = PaperForm(request.POST or None, initial={"copies": wanted})
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            note_paper(form=found, actor=request.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, "已登记。")
            return redirect("committee:paper:show", code)
    newest = found.application.review_forms.order_by("-number").first()
    context = {
        "found": found,
        "form": form,
        "wanted": wanted,
        "records": found.records.all(),
        "newest": newest,
    }
    return form_page(request, "committee/paper/show.html", context)


def _own(request: HttpRequest, code: str) -> ReviewForm | None:
    found = form_by_code(code)
    own = found is not None and found.application.plan.office_id == request.actor.organisation_id
    return found if own else None
