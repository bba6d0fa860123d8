"""Many cases at once: a case made through the operations, copied row by row in bulk."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import models, transaction

from zhiping.achievements.models import (
    ArchiveItem,
    Evidence,
    ItemVersion,
    Profile,
    ProfileVersion,
)
from zhiping.applications.models import (
    Application,
    Remark,
    Section,
    Snapshot,
    Step,
    StepDecision,
)
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.messaging.models import Message

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "甲乙丙丁戊己庚辛壬癸"
UNIQUE = {"document_index", "phone_index", "number", "submit_token", "token", "once"}
# What belongs to one case, in the order in which rows may be copied: model, the way to the person.
BELONGINGS: tuple[tuple[type[models.Model], str], ...] = (
    (StoredFile, "owner"),
    (Profile, "person"),
    (ProfileVersion, "profile__person"),
    (ArchiveItem, "person"),
    (ItemVersion, "item__person"),
    (Evidence, "version__item__person"),
    (Application, "person"),
    (Section, "application__person"),
    (Snapshot, "application__person"),
    (Step, "application__person"),
    (StepDecision, "step__application__person"),
    (Remark, "application__person"),
    (Message, "person"),
)
_serial = count(1)


@dataclass
class Case:
    """Everything that belongs to one person, ready to be copied."""

    person: Person
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Person) -> "Case":
        found = {model: list(model._default_manager.filter(**{way: person})) for model, way in BELONGINGS}
        return cls(Person.objects.get(pk=person.pk), found)

    @transaction.atomic
    def copy(self, number: int) -> None:
        """Make `number` people who differ from this one in name and keys only."""
        made: dict[tuple[type[models.Model], int], list[Any]] = {}
        made[Person, self.person.pk] = Person.objects.bulk_create(
            _twin(self.person, name=_name()) for _ in range(number)
        )
        for model, rows in self.rows.items():
            for row in rows:
                twins = [self._twin_of(row, made, at) for at in range(number)]
                made[model, row.pk] = model._default_manager.bulk_create(twins)

    def _twin_of(self, row: Any, made: dict[tuple[type[models.Model], int], list[Any]], at: int) -> Any:
        changed = {}
        for each in row._meta.concrete_fields:
            key = (each.related_model, getattr(row, each.attname)) if each.is_relation else None
            if key in made:
                changed[each.attname] = made[key][at].pk
        return _twin(row, **changed)


def _twin(row: Any, **changed: Any) -> Any:
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    for name in UNIQUE & values.keys():
        if isinstance(values[name], str) and values[name]:
            values[name] = f"copy-{next(_serial)}"
    values.pop(row._meta.pk.attname)
    return type(row)(**{**values, **changed})


def _name() -> str:
    at = next(_serial)
    return SURNAMES[at % len(SURNAMES)] + GIVEN[at // 7 % len(GIVEN)] + GIVEN[at // 31 % len(GIVEN)]
