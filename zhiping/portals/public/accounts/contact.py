"""消息设置: where a person is reached, shown by a code, and what they want to be told there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from zhiping.identity.models import Person
from zhiping.kernel import clock
from zhiping.messaging.operations import ask_code, choose_echoes, confirm_code, forget_email
from zhiping.messaging.queries import choices_of, contact_of, is_phone_verified
from zhiping.messaging.states import Channel
from zhiping.portals.public.accounts.contact_forms import ChoiceForm, CodeForm, EmailForm
from zhiping.privacy.masks import mask_email, mask_phone
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

WRONG = "验证码不对或已过期。请核对后重新输入，或回到“消息设置”要一个新的；错 5 次要换新的。"


@page(audience=Audience.SIGNED_IN, methods=("GET", "POST"))
@never_cache
def choices(request: HttpRequest) -> HttpResponse:
    """Addresses with their state, and one box for each echo; POST keeps the boxes."""
    person = _person(request)
    form = ChoiceForm(request.POST or None, choices=choices_of(person))
    if request.method == "POST" and form.is_valid():
        choose_echoes(person=person, wanted=form.wanted(), actor=request.actor, now=clock.now())
        messages.success(request, "已保存。关掉的内容仍会出现在站内消息里。")
        return redirect("account_messages")
    contact = contact_of(person)
    context = {
        "form": form,
        "mandatory": [each.template for each in choices_of(person) if each.template.mandatory],
        "phone": mask_phone(person.phone) if person.phone else "",
        "is_phone_verified": is_phone_verified(person, contact),
        "email": mask_email(contact.email) if contact.email_verified_at else "",
    }
    return form_page(request, "public/accounts/messages.html", context)


@page(audience=Audience.SIGNED_IN, methods=("POST",))
def phone_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the phone number of the account."""
    ask_code(person=_person(request), channel=Channel.SMS, actor=request.actor, now=clock.now())
    return redirect("account_message_code", Channel.SMS)


@page(audience=Audience.SIGNED_IN, methods=("GET", "POST"))
def email(request: HttpRequest) -> HttpResponse:
    """Give an e-mail address; a code is sent to it."""
    form, person = EmailForm(request.POST or None), _person(request)
    if form.is_valid():
        with form.showing_refusals():
            address = form.cleaned_data["email"]
            ask_code(
                person=person, channel=Channel.EMAIL, email=address, actor=request.actor, now=clock.now()
            )
            return redirect("account_message_code", Channel.EMAIL)
    return form_page(request, "public/accounts/email.html", {"form": form})


@page(audience=Audience.SIGNED_IN, methods=("GET", "POST"))
def code(request: HttpRequest, channel: str) -> HttpResponse:
    """Type the code that was sent."""
    if channel not in Channel.values:
        raise Http404
    form, person = CodeForm(request.POST or None), _person(request)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if confirm_code(person=person, channel=channel, code=typed, actor=request.actor, now=clock.now()):
            messages.success(request, "已核对，以后的通知会发到这里。")
            return redirect("account_messages")
        form.add_error("code", WRONG)
    context = {"form": form, "channel": Channel(channel).label}
    return form_page(request, "public/accounts/message_code.html", context)


@page(audience=Audience.SIGNED_IN, methods=("POST",))
def no_email(request: HttpRequest) -> HttpResponse:
    """Delete the e-mail address."""
    forget_email(person=_person(request), actor=request.actor, now=clock.now())
    messages.success(request, "邮箱已删除，不再发邮件。")
    return redirect("account_messages")


def _person(request: HttpRequest) -> Person:
    """The person behind the account; a system account has none."""
    found = Person.objects.filter(pk=request.actor.person_id).first()
    if found is None:
        raise Http404
    return found
