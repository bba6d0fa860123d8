"""Clients: list, registration with a secret shown once, one client, its endpoints."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from zhiping.exchange import operations
from zhiping.exchange.models import Client
from zhiping.exchange.queries import clients_visible_to, endpoints_visible_to
from zhiping.exchange.states import ClientState, EndpointState, Scope
from zhiping.kernel import clock
from zhiping.portals.operator.clients.forms import ClientForm, EndpointForm, ReasonForm
from zhiping.web.answers import form_page
from zhiping.web.pages import Audience, page


@page(audience=Audience.OPERATOR)
def index(request: HttpRequest) -> HttpResponse:
    """All systems."""
    shown = Paginator(clients_visible_to(request.actor), 20).get_page(request.GET.get("page"))
    return render(request, "operator/clients/list.html", {"page": shown})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Register a system; the secret is shown on the answer and nowhere else."""
    form = ClientForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with form.showing_refusals():
            client, secret = operations.register_client(
                organisation=given["body"],
                name=given["name"],
                scopes=given["scopes"],
                actor=request.actor,
                now=clock.now(),
            )
            context = {"client": client, "secret": secret, "what": "客户端密钥", "number": client.identifier}
            return render(request, "operator/clients/secret.html", context)
    return form_page(request, "operator/clients/new.html", {"form": form})


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def show(request: HttpRequest, key: int) -> HttpResponse:
    """One system; revoke it."""
    client = get_object_or_404(clients_visible_to(request.actor), pk=key)
    form = ReasonForm(request.POST or None, initial={"version": client.version})
    if form.is_valid():
        with form.showing_refusals():
            operations.revoke_client(client=client, **form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, "系统已停用，它的令牌立即失效。")
            return redirect("operator:clients:show", key)
    return form_page(request, "operator/clients/client.html", _context(client, form, EndpointForm(None)))


@page(audience=Audience.OPERATOR, methods=("POST",))
@never_cache
def add_endpoint(request: HttpRequest, key: int) -> HttpResponse:
    """Enter where a system listens; the signing secret is shown on the answer and nowhere else."""
    client = get_object_or_404(clients_visible_to(request.actor), pk=key)
    form = EndpointForm(request.POST)
    if form.is_valid():
        with form.showing_refusals():
            endpoint, secret = operations.add_endpoint(
                client=client, url=form.cleaned_data["url"], actor=request.actor, now=clock.now()
            )
            context = {"client": client, "secret": secret, "what": "签名密钥", "number": endpoint.url}
            return render(request, "operator/clients/secret.html", context)
    reason = ReasonForm(None, initial={"version": client.version})
    return form_page(request, "operator/clients/client.html", _context(client, reason, form))


@page(audience=Audience.OPERATOR, methods=("GET", "POST"))
def switch_off(request: HttpRequest, key: int) -> HttpResponse:
    """Send nothing more to an endpoint."""
    endpoint = get_object_or_404(endpoints_visible_to(request.actor).exclude(state=EndpointState.OFF), pk=key)
    form = ReasonForm(request.POST or None, initial={"version": endpoint.version})
    if form.is_valid():
        with form.showing_refusals():
            operations.switch_off_endpoint(
                endpoint=endpoint, **form.cleaned_data, actor=request.actor, now=clock.now()
            )
            messages.success(request, "接收地址已停用，不再发送。")
            return redirect("operator:clients:show", endpoint.client_id)
    return form_page(request, "operator/clients/switch_off.html", {"endpoint": endpoint, "form": form})


def _context(client: Client, form: ReasonForm, endpoint_form: EndpointForm) -> dict:
    return {
        "client": client,
        "scopes": [scope for scope in Scope if scope in client.scopes],
        "is_active": client.state == ClientState.ACTIVE,
        "hears": Scope.RESULTS_READ in client.scopes,
        "endpoints": list(client.endpoints.all()),
        "form": form,
        "endpoint_form": endpoint_form,
    }
