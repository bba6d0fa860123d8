"""One small town with something of every kind in it, and somebody signed in for every role."""

from dataclasses import dataclass
from datetime import datetime

from django.test import Client

from tests.factories.applications import forwarded, make_draft, make_technician, make_world, submitted
from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.committees import World as CommitteeWorld
from tests.factories.committees import expert_actor
from tests.factories.hours import (
    make_batch,
    make_class,
    make_course,
    make_lesson,
    make_record,
    make_training_body,
    trainer,
)
from tests.factories.notices import make_objection, make_publicity
from tests.factories.people import (
    applicant_actor,
    make_membership,
    make_organisation,
    make_person,
    make_user,
    sign_in,
    staff_actor,
)
from zhiping.achievements.states import VersionState
from zhiping.applications.models import Application
from zhiping.committees.models import Meeting
from zhiping.committees.operations.voting import open_rounds
from zhiping.continuing_education.states import RecordState
from zhiping.files.models import StoredFile
from zhiping.files.queries import path_of
from zhiping.kernel.actor import Actor, Role
from zhiping.notices.states import PublicityKind
from zhiping.organisations.states import OrganisationKind

HERE = ("employer", "authority", "committee")


@dataclass
class Town:
    """The people by role, what they hold, and the arguments with which each address names something real."""

    actors: dict[Role, Actor]
    named: dict[str, dict[str, object]]
    codes: list[str]
    meeting: Meeting
    submitted: Application
    draft: Application

    def client(self, role: Role) -> Client:
        client = Client(raise_request_exception=True)
        if role is not Role.ANONYMOUS:
            sign_in(client, self.actors[role])
        return client


def make_town(now: datetime) -> Town:
    """A draft, a case on each desk, an archive, lists with objections, a meeting that votes, a plan, a body."""
    case = make_world(now)
    at_county, _ = forwarded(now, case, "申报人丙")
    sent = submitted(now, case, "申报人乙")
    person = make_technician(case.employer, "申报人甲")
    draft = make_draft(now, case, person=person)
    file = make_file(person)
    item = make_item(person, "papers", label="论文", state=VersionState.SUBMITTED, files=(file,))
    posted = make_publicity(now, case.employer, actor=case.clerk)
    objected = make_objection(posted, now)
    hall = CommitteeWorld(now)
    meeting = hall.session(cases=2)
    [(round_, codes)] = open_rounds(meeting=meeting, actor=hall.clerk, now=now)
    voted = meeting.cases.first()
    shown = make_publicity(now, hall.office, actor=hall.clerk, kind=PublicityKind.PRE_REVIEW)
    complained = make_objection(shown, now)
    newcomer = make_profile(make_person("申报人丁"), case.employer, state=VersionState.SUBMITTED)
    operators = make_organisation("平台运维", kind=OrganisationKind.PLATFORM)
    watch = make_organisation("示范市纪检监督组", kind=OrganisationKind.SUPERVISION)
    school = make_training_body("示范培训学校")
    course = make_course(school, case.county, number="K1")
    hours = make_record(
        person, employer=case.employer, authority=case.county, state=RecordState.SUBMITTED, origin="person"
    )
    passed = make_record(
        person, employer=case.employer, authority=case.county, state=RecordState.PASSED, origin="person"
    )
    taught = make_batch(school, course, person, now)
    lesson = make_lesson(course)
    spring, seat = make_class(school, course, person, now)
    actors = {
        Role.APPLICANT: applicant_actor(person),
        Role.EMPLOYER_CLERK: case.clerk,
        Role.COUNTY_HR: case.county_officer,
        Role.CITY_HR: hall.official,
        Role.COMMITTEE_OFFICE: hall.clerk,
        Role.COMMITTEE_MEMBER: expert_actor(meeting.seats.last().member),
        Role.SUPERVISOR: staff_actor(watch, Role.SUPERVISOR),
        Role.TRAINING_BODY: trainer(school),
        Role.SYSTEM_ADMIN: staff_actor(operators, Role.SYSTEM_ADMIN),
    }
    other = make_membership(make_user(name="同事"), case.employer)
    named = {
        "applicant:applications": {
            "key": draft.pk,
            "file": draft.pk,
            "slug": case.plan.slug,
            "slot": "none",
            "form": "none",
        },
        "applicant:archive": {"key": item.item_id, "category": "papers", "act": "submit"},
        "applicant:archive:file": {"key": file.pk},
        "applicant:profile": {"act": "submit"},
        "employer:applications": {"key": sent.pk, "form": "none"},
        "employer:archive": {"key": item.pk, "file": file.pk},
        "employer:archive:person": {"key": newcomer.pk},
        "employer:archive:decide_several": {"key": person.profile.pk},
        "employer:archive:decide_profile": {"key": newcomer.pk},
        "employer:archive:photo": {"key": newcomer.pk},
        "employer:publicity": {"key": posted.pk, "plan": case.plan.pk, "kind": "pdf"},
        "employer:publicity:objection": {"key": objected.pk},
        "employer:registration:end": {"key": other.pk},
        "applicant:hours": {"key": hours.pk, "year": 2026},
        "applicant:hours:study_course": {"key": course.pk},
        "applicant:hours:lesson": {"key": lesson.pk},
        "applicant:hours:progress": {"key": lesson.pk},
        "applicant:hours:answers": {"key": lesson.pk},
        "authority:hours:lesson": {"key": lesson.pk},
        "training:courses:drop_lesson": {"key": lesson.pk},
        "applicant:hours:enrol": {"key": spring.pk},
        "applicant:hours:check_in": {"key": spring.sessions.get().pk, "code": "none"},
        "employer:hours": {"key": hours.pk, "file": file.pk},
        "authority:hours": {"key": passed.pk, "file": file.pk},
        "authority:hours:course": {"key": course.pk},
        "training:courses": {"key": course.pk},
        "training:batches": {"key": taught.pk},
        "training:classes": {"key": spring.pk, "course": course.pk},
        "training:classes:wall": {"key": spring.sessions.get().pk},
        "training:classes:present": {"key": spring.sessions.get().pk, "seat": seat.pk},
        "training:batches:record": {"key": taught.records.get().pk},
        "authority:applications": {"key": at_county.pk, "form": "none"},
        "authority:employers": {"key": case.employer.pk},
        "authority:committees": {"key": meeting.committee_id},
        "committee:committees": {"key": meeting.committee_id, "member": meeting.seats.first().member_id},
        "committee:meetings": {"key": meeting.pk, "case": voted.pk, "verb": "close"},
        "committee:meetings:round": {"key": round_.pk},
        "committee:meetings:recount": {"key": round_.pk},
        "committee:meetings:void_round": {"key": round_.pk},
        "committee:plans": {"slug": hall.plan.slug, "verb": "publish", "step": "applicant", "number": 1},
        "committee:plans:pack": {"number": hall.plan.pack_version_id},
        "committee:plans:pack_act": {"number": hall.plan.pack_version_id, "verb": "approve"},
        "committee:plans:pack_edit": {"number": hall.plan.pack_version_id},
        "committee:plans:pack_compare": {
            "number": hall.plan.pack_version_id,
            "other": case.plan.pack_version_id,
        },
        "committee:publicity": {"key": shown.pk, "plan": hall.plan.pk, "kind": "pre_review"},
        "committee:publicity:decide": {"key": complained.pk},
        "committee:results": {"plan": hall.plan.pk},
        "expert": {"key": voted.pk},
        "expert:meeting": {"key": meeting.pk},
        "operator:accounts": {"key": hall.office.pk},
        "operator:accounts:account": {"key": actors[Role.APPLICANT].user_id},
        "operator:accounts:new_link": {"key": actors[Role.APPLICANT].user_id},
        "operator:accounts:end": {"key": other.pk},
        "operator:calendar": {"year": 2026},
        "public:plans": {"slug": case.plan.slug, "number": 1},
        "public:publicity": {"code": posted.code},
        "demo": {"username": "demo-none"},
    }
    for each in StoredFile.objects.all():
        path_of(each).parent.mkdir(parents=True, exist_ok=True)
        path_of(each).write_bytes(b"%PDF-1.7 a file of the town")
    return Town(actors, named, codes, meeting, sent, draft)
