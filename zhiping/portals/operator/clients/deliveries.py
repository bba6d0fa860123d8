"""What was sent to other systems, what is still on its way, and sending it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from zhiping.exchange.operations import replay_delivery
from zhiping.exchange.queries import deliveries_visible_to
from zhiping.kernel import clock
from zhiping.portals.operator.clients.forms import DeliveryFilterForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page

SHOWN = {
    "open": {"delivered_at": None, "given_up_at": None},
    "given_up": {"given_up_at__isnull": False},
}


@page(audience=Audience.OPERATOR)
def index(request: HttpRequest) -> HttpResponse:
    """Every delivery with its last error."""
    form = DeliveryFilterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = deliveries_visible_to(request.actor).filter(**SHOWN.get(chosen.get("show", ""), {}))
    if chosen.get("q"):
        rows = rows.filter(event__number=chosen["q"].strip())
    shown = Paginator(rows, 20).get_page(request.GET.get("page"))
    return form_page(request, "operator/clients/deliveries.html", {"page": shown, "form": form})


@page(audience=Audience.OPERATOR, methods=("POST",))
def replay(request: HttpRequest, key: int) -> HttpResponse:
    """Send one event again under its old number."""
    delivery = get_object_or_404(deliveries_visible_to(request.actor), pk=key)
    replay_delivery(delivery=delivery, actor=request.actor, now=clock.now())
    messages.success(request, f"事件 {delivery.event.number} 已排队重发，编号不变。")
    return redirect(f"{reverse('operator:clients:deliveries')}?q={delivery.event.number}")
