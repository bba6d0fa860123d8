"""Hours before this body: the queue, one record, the decision."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from zhiping.achievements.models import Profile
from zhiping.continuing_education.queries import courses_to_decide
from zhiping.organisations.queries import employers_under
from zhiping.web.desk import hours
from zhiping.web.pages import Audience, page

NS = "authority:hours"


@page(audience=Audience.AUTHORITY)
def queue(request: HttpRequest) -> HttpResponse:
    return hours.queue(
        request, NS, {"courses": list(courses_to_decide(request.actor)[:20])}, "authority/hours/queue.html"
    )


@page(audience=Audience.AUTHORITY)
def record(request: HttpRequest, key: int) -> HttpResponse:
    return hours.record_page(request, NS, key)


@page(audience=Audience.AUTHORITY, methods=("POST",))
def decide(request: HttpRequest) -> HttpResponse:
    return hours.decide(request, NS)


@page(audience=Audience.AUTHORITY)
def file(request: HttpRequest, key: int, file: int) -> HttpResponse:
    return hours.proof(request, key, file)


@page(audience=Audience.AUTHORITY)
def shortfall(request: HttpRequest) -> HttpResponseBase:
    """Who in the authority's area is short of hours."""
    people = Profile.objects.filter(employer__in=employers_under(request.actor), is_confirmed=True)
    return hours.shortfall(request, NS, people.exclude(person_id=request.actor.person_id))
