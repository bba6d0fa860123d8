"""Who acts for the employer: inviting, confirming, ending, handing over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhiping.kernel import clock
from zhiping.kernel.actor import Role
from zhiping.organisations.operations import staffing
from zhiping.organisations.queries import memberships_visible_to, open_requests
from zhiping.portals.employer.registration.forms import EndForm, HandOverForm, InvitationForm
from zhiping.portals.employer.registration.views import own_employer
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def clerks(request: HttpRequest) -> HttpResponse:
    """The clerks, open requests, and an invitation."""
    organisation = own_employer(request)
    form = InvitationForm(request.POST or None, kind=organisation.kind)
    if form.is_valid():
        given = form.cleaned_data
        with form.showing_refusals():
            staffing.invite_clerk(
                organisation=organisation,
                username=given["username"],
                name=given["name"],
                role=Role(given["role"]),
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"已邀请{given['name']}，本人登录并同意后生效。")
            return redirect("employer:registration:clerks")
    context = {
        "organisation": organisation,
        "memberships": memberships_visible_to(request.actor).order_by("-is_active", "since", "pk"),
        "requests": open_requests(request.actor).filter(organisation=organisation),
        "form": form,
    }
    return form_page(request, "employer/registration/clerks.html", context)


@page(audience=Audience.EMPLOYER, methods=("POST",))
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm or refuse somebody who asks, or take back an invitation."""
    asked = get_object_or_404(
        open_requests(request.actor).filter(organisation_id=request.actor.organisation_id), pk=key
    )
    accept = request.POST.get("answer") == "yes"
    staffing.answer_request(request=asked, accept=accept, actor=request.actor, now=clock.now())
    name = asked.user.person.name
    messages.success(
        request, f"已同意{name}担任{asked.get_role_display()}。" if accept else "已处理，不再等待。"
    )
    return redirect("employer:registration:clerks")


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def end(request: HttpRequest, key: int) -> HttpResponse:
    """A colleague no longer acts for the employer."""
    membership = get_object_or_404(
        memberships_visible_to(request.actor).exclude(user_id=request.actor.user_id), pk=key, is_active=True
    )
    form = EndForm(request.POST or None)
    if form.is_valid():
        with form.showing_refusals():
            staffing.end_membership(
                membership=membership,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"{membership.user.person.name}不再为本单位办理业务。")
            return redirect("employer:registration:clerks")
    return form_page(request, "employer/registration/end.html", {"membership": membership, "form": form})


@page(audience=Audience.EMPLOYER, methods=("GET", "POST"))
def hand_over(request: HttpRequest) -> HttpResponse:
    """Leave the work to a colleague and go on as oneself."""
    active = memberships_visible_to(request.actor).filter(is_active=True)
    own = get_object_or_404(active, user_id=request.actor.user_id, role=request.actor.role)
    colleagues = active.exclude(user_id=request.actor.user_id).filter(user__is_active=True)
    form = HandOverForm(request.POST or None, colleagues=colleagues)
    if form.is_valid():
        successor = form.cleaned_data["successor"]
        staffing.hand_over(membership=own, successor=successor, actor=request.actor, now=clock.now())
        messages.success(request, f"已交接给{successor.user.person.name}。您现在以申报人身份使用。")
        return redirect("public:start")
    return form_page(
        request, "employer/registration/hand_over.html", {"form": form, "colleagues": colleagues}
    )
