"""How a page with forms answers: 422 when what was sent is refused, so that scripts and tests see it too."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with its forms; 422 if one of them was sent and has errors, else 200."""
    sent = request.method == "POST"
    forms = (each for each in context.values() if isinstance(each, BaseForm))
    refused = sent and any(each.is_bound and each.errors for each in forms)
    return render(request, template, context, status=422 if refused else 200)
