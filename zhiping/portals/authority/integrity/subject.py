"""Whom a finding is about: found by the one number that names them, within the actor's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhiping.applications.queries import visible_to as applications_visible_to
from zhiping.identity.queries import person_by_number
from zhiping.integrity.operations import Finding
from zhiping.integrity.sanction import Sanction, sanctions_of, standing_sanctions
from zhiping.integrity.states import Part
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused
from zhiping.organisations.queries import visible_to as bodies_visible_to
from zhiping.plans.rules import rules_of


@dataclass(frozen=True)
class Subject:
    """One person or body with the rules that can be applied to them."""

    name: str
    known: dict[str, Any]
    sanctions: Sequence[Sanction]
    words: str = ""

    def finding(self, *, kind: str, text: str, document_number: str) -> Finding:
        return Finding(**self.known, kind=kind, text=text, document_number=document_number)

    def sanction(self, key: str) -> Sanction:
        return next(each for each in self.sanctions if each.key == key)


def subject_of(actor: Actor, part: str, who: str) -> Subject:
    """The one whom the number names; Refused with what to check."""
    number = who.strip()
    if part == Part.APPLICANT:
        return _applicant(actor, number)
    if part == Part.EMPLOYER:
        body = bodies_visible_to(actor).filter(credit_code=number).first()
        if body is None:
            raise Refused("本地区没有这个统一社会信用代码的单位。请核对 18 位代码。", field="who")
        return Subject(body.name, {"part": part, "organisation": body}, standing_sanctions())
    person = person_by_number(number)
    if person is None:
        raise Refused("平台上没有这个证件号码的人。请核对号码。", field="who")
    return Subject(person.name, {"part": part, "person": person}, standing_sanctions())


def _applicant(actor: Actor, number: str) -> Subject:
    rows = applications_visible_to(actor).select_related("person", "title", "plan__pack_version")
    case = rows.filter(number=number).first()
    if case is None:
        raise Refused("您的办理范围内没有这个申报号。请到申报审核里核对。", field="who")
    words = f"{case.plan.name}，{case.title.name}，申报号 {case.number}"
    known = {
        "part": Part.APPLICANT,
        "person": case.person,
        "plan_year": case.plan.year,
        "case_key": case.pk,
        "case_words": words[:200],
    }
    return Subject(case.person.name, known, sanctions_of(rules_of(case.plan).data), words)
