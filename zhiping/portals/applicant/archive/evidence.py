"""The evidence of a form: files kept from before (named in the form), files just chosen, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from zhiping.achievements.schema import Category, Part
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.queries import visible_to
from zhiping.files.states import SCANS
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused

MAX_FILES = 12


@dataclass
class Shelf:
    """Files by part, while a form is being filled."""

    kind: Category
    data: Mapping[str, Any]
    held: list[tuple[str, StoredFile]] = field(default_factory=list)
    uploads: list[tuple[str, StoredFile]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def take_uploads(self, request: HttpRequest, now: datetime) -> None:
        """Store every chosen file; one that is refused leaves its sentence and does not spoil the others."""
        person = Person(pk=request.actor.person_id)
        for part in self.kind.evidence:
            for upload in request.FILES.getlist(f"file-{part.key}")[:MAX_FILES]:
                try:
                    stored = store_file(
                        upload=upload, owner=person, kinds=SCANS, actor=request.actor, now=now
                    )
                except Refused as refusal:
                    self.errors[f"file-{part.key}"] = refusal.sentence
                else:
                    self.uploads.append((part.key, stored))

    def show_pairs(self, pairs: Iterable[tuple[str, int]], actor: Actor) -> None:
        """Show again the files of a form that was not saved."""
        wanted = set(pairs)
        files = visible_to(actor).in_bulk({key for _, key in wanted})
        self.held = [(part, files[key]) for part, key in sorted(wanted) if key in files]
        self.held += [pair for pair in self.uploads if pair not in self.held]

    def parts(self) -> list[dict[str, Any]]:
        """What the template shows for each part."""
        return [self._part(part) for part in self.kind.evidence]

    def _part(self, part: Part) -> dict[str, Any]:
        when = ""
        if part.when and not part.is_needed(self.data):
            when = "按您填写的内容，这一份不一定需要。"
        return {
            "key": part.key,
            "name": f"file-{part.key}",
            "label": part.label + ("（可不传）" if part.optional else ""),
            "hint": "".join([part.hint, when]),
            "error": self.errors.get(f"file-{part.key}", ""),
            "files": [stored for key, stored in self.held if key == part.key],
        }


def shelf_of(kind: Category, held: Iterable[tuple[str, StoredFile]], data: Mapping[str, Any]) -> Shelf:
    """The shelf of a saved version."""
    return Shelf(kind=kind, data=data, held=list(held))


def kept_pairs(request: HttpRequest) -> set[tuple[str, int]]:
    """The files that the form says it keeps: values "part:key"."""
    pairs = set()
    for text in request.POST.getlist("kept")[:200]:
        part, _, key = text.partition(":")
        if key.isdecimal() and len(key) < 16:
            pairs.add((part, int(key)))
    return pairs
