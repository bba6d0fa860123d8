"""Every URL of the platform with its view; the matrix and the permission table are made from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {
    "int": "999999",
    "str": "none",
    "slug": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "x",
}


@dataclass(frozen=True)
class Address:
    """One URL pattern: `route` as written, `name` with its namespaces, the view it calls."""

    route: str
    name: str
    view: Any

    @property
    def sample(self) -> str:
        """The address with arguments that name nothing."""
        text = self.route
        while "<" in text:
            before, _, rest = text.partition("<")
            inside, _, after = rest.partition(">")
            kind = inside.partition(":")[0] if ":" in inside else "str"
            text = f"{before}{SAMPLES[kind]}{after}"
        return f"/{text}"

    @property
    def audience(self) -> Any:
        return getattr(self.view, "audience", None)


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), "", ""), key=lambda each: each.route)


def _walk(resolver: URLResolver, route: str, names: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(here, f"{names}{each.name}", each.callback)
        else:
            space = f"{names}{each.namespace}:" if each.namespace else names
            yield from _walk(each, here, space)
