"""The office's committees: list, founding, members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.committees.models import Committee, Member
from zhiping.committees.operations.filing import (
    composition_gaps,
    found_committee,
    seat_member,
    unseat_member,
)
from zhiping.committees.queries import committees_visible_to
from zhiping.committees.regulation import regulation_on
from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.portals.committee.committees.forms import CommitteeForm, MemberForm
from zhiping.privacy.fields import blind_index
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.COMMITTEE)
def index(request: HttpRequest) -> HttpResponse:
    """Committees of the acting office."""
    rows = committees_visible_to(request.actor).prefetch_related("members").order_by("-pk")
    return render(request, "committee/committees/index.html", {"committees": rows})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Found a committee."""
    form = CommitteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            made = found_committee(**form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, "评委会已建立。请添加成员，再报人社部门核准备案。")
            return redirect("committee:committees:show", made.pk)
    return form_page(request, "committee/committees/create.html", {"form": form})


@page(audience=Audience.COMMITTEE, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One committee with its members; while it is being built, the form to add one."""
    committee = get_object_or_404(committees_visible_to(request.actor), pk=key)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            _seat(request, committee, dict(form.cleaned_data))
            return redirect("committee:committees:show", committee.pk)
    regulation = regulation_on(clock.today())
    context = {
        "committee": committee,
        "members": committee.members.select_related("person", "employer"),
        "form": form,
        "gaps": composition_gaps(committee, regulation),
        "regulation": regulation,
    }
    return form_page(request, "committee/committees/show.html", context)


@page(audience=Audience.COMMITTEE, methods=("POST",))
def remove_member(request: HttpRequest, key: int, member: int) -> HttpResponse:
    """Take a seat away."""
    committee = get_object_or_404(committees_visible_to(request.actor), pk=key)
    seat = get_object_or_404(Member.objects.select_related("committee"), pk=member, committee=committee)
    unseat_member(member=seat, actor=request.actor, now=clock.now())
    return redirect("committee:committees:show", committee.pk)


def _seat(request: HttpRequest, committee: Committee, values: dict) -> None:
    number = values.pop("document_number")
    person = Person.objects.filter(document_index=blind_index(number)).first()
    if person is None:
        raise Refused(
            "平台上没有登记这个证件号码的人。请核对号码，或请专家先注册账号。", field="document_number"
        )
    employer = person.profile.employer if hasattr(person, "profile") else None
    seat_member(
        committee=committee, person=person, employer=employer, actor=request.actor, now=clock.now(), **values
    )
