"""Starting and filling in a draft. Two tabs never overwrite each other silently: every save names its version."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from zhiping.achievements.models import ItemVersion, Profile
from zhiping.achievements.queries import approved_versions
from zhiping.applications import access
from zhiping.applications.draft import CAREER, Draft, frozen_file, frozen_item
from zhiping.applications.facts import facts_of
from zhiping.applications.materials import slots_of
from zhiping.applications.models import Application, Section
from zhiping.applications.queries import draft_of, draft_to_edit, live_application, reopened_places
from zhiping.applications.states import EDITABLE, ApplicationState, SectionKey
from zhiping.auditlog.recording import record
from zhiping.documents.glyphs import require_printable
from zhiping.documents.printing import strings_of
from zhiping.files.models import StoredFile
from zhiping.files.operations import store_file
from zhiping.files.photo import PhotoRules, is_acceptable, judge_photo, measure_photo
from zhiping.files.queries import path_of
from zhiping.files.states import PHOTOS
from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.plans.models import Plan, PlanTitle
from zhiping.plans.queries import is_open
from zhiping.policy_engine.outcomes import beijing_time


class Overwritten(Refused):
    """Another tab or device saved this section meanwhile; carries what is stored, for showing both."""

    def __init__(self, stored: Mapping[str, Any], version: int) -> None:
        super().__init__(
            "这一页刚刚在别的窗口或设备上保存过。您刚写的内容还在下面，没有丢，也没有覆盖那边的。请对照后选择保留哪一份。"
        )
        self.stored, self.version = stored, version


@transaction.atomic
def start_application(*, plan: Plan, title: PlanTitle, actor: Actor, now: datetime) -> Application:
    """Begin a draft for one title of an open plan (R-079); beginning again gives the draft there is.

    Refused when the plan is not open, when no archive is approved yet (R-040), or when an application of this person
    for the plan is already on its way.
    """
    if actor.role is not Role.APPLICANT or actor.person_id is None:
        raise Forbidden("application.start")
    existing = live_application(actor.person_id, plan)
    if existing is not None:
        return existing
    if not is_open(plan, now):
        raise Refused("这个计划现在不在申报时间内，不能开始申报。请在计划页查看申报起止时间。")
    profile = Profile.objects.filter(person_id=actor.person_id).first()
    if profile is None or not profile.is_confirmed or not approved_versions(actor.person_id).exists():
        raise Refused("您的个人基本信息和业绩档案还没有经单位审核通过，不能申报。请先完善档案并送单位审核。")
    application = Application(
        person_id=actor.person_id,
        plan=plan,
        title=title,
        employer_id=profile.employer_id,
        profile_version=profile.versions.filter(state="approved").order_by("-number").first(),
        created_at=now,
    )
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        found = live_application(actor.person_id, plan)
        if found is None:
            raise
        return found
    record("application.start", actor=actor, now=now, subject=application, to_state=application.state)
    return application


@transaction.atomic
def save_section(
    *, application_id: int, key: str, data: Mapping[str, Any], version: int, actor: Actor, now: datetime
) -> Section:
    """Keep one page of the draft as typed; what is missing is told on the check page, not refused here.

    What no form could print is refused at once, while the person can still mend it.
    """
    require_printable("".join(strings_of(data)))
    application = editable(application_id, actor)
    _refuse_closed_places(application, key, data)
    section = write_section(application, key, data, version, now)
    if key == SectionKey.FORM:
        _mirror(application, data)
    return section


@transaction.atomic
def keep_photo(*, application_id: int, upload: File, version: int, actor: Actor, now: datetime) -> Section:
    """Store a photo and keep it if it meets every binding rule of the pack (R-082…R-085); else leave nothing."""
    application = editable(application_id, actor)
    _refuse_closed_places(application, SectionKey.PHOTO, {"file": upload.name})
    stored = store_file(upload=upload, owner=application.person, kinds=PHOTOS, actor=actor, now=now)
    pack = draft_of(application).pack
    rules = PhotoRules.from_pack(pack.data.get("photo") or {}, pack.parameters)
    ticks = judge_photo(measure_photo(path_of(stored), size=stored.size), rules)
    if not is_acceptable(ticks):
        broken = "；".join(tick.sentence for tick in ticks if not tick.is_met and not tick.is_advice)
        raise Refused(f"这张照片不合要求：{broken}。请换一张，或用本页的裁剪工具处理。", field="photo")
    advice = [tick.sentence for tick in ticks if not tick.is_met]
    Application.objects.filter(pk=application.pk).update(photo=stored)
    data = {"file": frozen_file(stored), "advice": advice}
    return write_section(application, SectionKey.PHOTO, data, version, now)


@transaction.atomic
def pick_items(
    *, application_id: int, version_ids: Iterable[int], version: int, actor: Actor, now: datetime
) -> Section:
    """Carry approved versions into the draft: career records always, achievements as chosen (R-040, R-092)."""
    application = editable(application_id, actor)
    wanted = set(version_ids)
    found = list(
        approved_versions(application.person_id)
        .select_related("item")
        .prefetch_related("evidence_links__file")
    )
    usable = {each.pk for each in found}
    if strange := wanted - usable:
        raise Refused(
            f"所选业绩里有 {len(strange)} 条还没有审核通过，或已有新的版本。请刷新本页重新选择。",
            field="items",
        )
    chosen = [each for each in found if each.pk in wanted or each.item.category in CAREER]
    data = {"items": [_frozen(each) for each in chosen]}
    _refuse_closed_places(application, SectionKey.ACHIEVEMENTS, data)
    return write_section(application, SectionKey.ACHIEVEMENTS, data, version, now)


@transaction.atomic
def attach_file(
    *, application_id: int, slot: str, upload: File, version: int, actor: Actor, now: datetime
) -> Section:
    """Put a file into a slot that the pack has for this person; the type is checked by content (R-100)."""
    application = editable(application_id, actor)
    draft = draft_of(application)
    _refuse_closed_places(application, SectionKey.ATTACHMENTS, {slot: upload.name}, place=slot)
    facts = facts_of(draft, day=beijing_day(now))
    held = next((each for each in slots_of(draft, facts, beijing_time(now)) if each.key == slot), None)
    if held is None or not held.is_asked:
        raise Refused("这一项您不用交。请刷新本页，按页面列出的附件上传。", field=slot)
    stored = store_file(upload=upload, owner=application.person, kinds=held.kinds, actor=actor, now=now)
    return _write_slots(draft, slot, _with(draft.attachments.get(slot) or [], stored), version, now)


@transaction.atomic
def detach_file(
    *, application_id: int, slot: str, file_id: int, version: int, actor: Actor, now: datetime
) -> Section:
    """Take a file out of a slot; the upload itself stays the person's."""
    application = editable(application_id, actor)
    draft = draft_of(application)
    _refuse_closed_places(application, SectionKey.ATTACHMENTS, {slot: ""}, place=slot)
    kept = [each for each in draft.attachments.get(slot) or [] if each["file"] != file_id]
    return _write_slots(draft, slot, kept, version, now)


def editable(application_id: int, actor: Actor) -> Application:
    """The draft locked for editing by its owner, or why not."""
    application = draft_to_edit(application_id)
    if application is None or not access.can_draft(actor, application):
        raise Forbidden("application.edit")
    if application.state not in EDITABLE:
        raise Refused(
            f"当前状态是“{application.get_state_display()}”，不能修改。需要修改的，请先撤回，或等审核单位退回。"
        )
    return application


def write_section(
    application: Application, key: str, data: Mapping[str, Any], version: int, now: datetime
) -> Section:
    """Write the section if it still is at `version` (0: not there yet); else Overwritten."""
    section = Section.objects.filter(application=application, key=key).first()
    if (section.version if section else 0) != version:
        raise Overwritten(section.data if section else {}, section.version if section else 0)
    if section is None:
        section = Section(application=application, key=key, version=0)
    section.data, section.version, section.saved_at = dict(data), version + 1, now
    section.save()
    return section


def _write_slots(
    draft: Draft, slot: str, files: list[Mapping[str, Any]], version: int, now: datetime
) -> Section:
    slots = {**draft.attachments, slot: files}
    data = {"slots": {key: each for key, each in slots.items() if each}}
    return write_section(draft.application, SectionKey.ATTACHMENTS, data, version, now)


def _with(files: list[Mapping[str, Any]], stored: StoredFile) -> list[Mapping[str, Any]]:
    return [*[each for each in files if each["file"] != stored.pk], frozen_file(stored)]


def _frozen(version: ItemVersion) -> dict[str, Any]:
    return frozen_item(version, list(version.evidence_links.all()))


def _mirror(application: Application, form: Mapping[str, Any]) -> None:
    """Columns that lists filter and show; the section stays the truth. The newest approved profile is pinned."""
    pack = draft_of(application).pack
    pathway = next((each for each in pack.pathways if each.id == form.get("pathway")), None)
    fact = pack.facts.get("specialty")
    specialty = form.get("specialty") or form.get("specialty_text") or ""
    Application.objects.filter(pk=application.pk).update(
        pathway=pathway.id if pathway else "",
        pathway_name=pathway.name if pathway else "",
        specialty=(fact.shown(specialty) if fact and specialty else specialty)[:80],
    )


def _refuse_closed_places(
    application: Application, key: str, data: Mapping[str, Any], *, place: str = ""
) -> None:
    """After a return only the places it named may change (everything else was found in order)."""
    if application.state != ApplicationState.RETURNED:
        return
    reopened = reopened_places(application)
    if place:
        closed = f"{key}:{place}" not in reopened
    elif key in (SectionKey.FORM, SectionKey.REFERRAL):
        stored = Section.objects.filter(application=application, key=key).first()
        before = stored.data if stored else {}
        changed = {name for name in {*before, *data} if before.get(name) != data.get(name)}
        closed = any(f"{key}:{name}" not in reopened for name in changed)
    elif key == SectionKey.ACHIEVEMENTS:
        closed = not _only_reopened_items(application, data, reopened)
    else:
        closed = not any(each.startswith(f"{key}:") for each in reopened)
    if closed:
        raise Refused("退回修改期间，只能改退回原因里点到的地方，其余内容已经审核过，不能再动。")


def _only_reopened_items(
    application: Application, data: Mapping[str, Any], reopened: Mapping[str, Any]
) -> bool:
    """Hours follow the ledger by themselves, so they may change whatever was returned (R-190)."""
    before = {item["item"]: item["version"] for item in draft_of(application).items if _is_typed(item)}
    after = {item["item"]: item["version"] for item in data.get("items") or () if _is_typed(item)}
    if f"{SectionKey.ACHIEVEMENTS}:items" in reopened:
        return True
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return all(f"{SectionKey.ACHIEVEMENTS}:item-{key}" in reopened for key in changed)


def _is_typed(item: Mapping[str, Any]) -> bool:
    return bool(item["category"] != "ce_hours")
