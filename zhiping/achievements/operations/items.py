"""Filling the archive: save, submit, take back, throw away, bring back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from zhiping.achievements import transitions
from zhiping.achievements.access import can_fill_archive
from zhiping.achievements.content import content_hash
from zhiping.achievements.models import ArchiveItem, Evidence, ItemVersion, Profile
from zhiping.achievements.record import label_of, open_parts, open_points, read_record
from zhiping.achievements.schema import Category, categories
from zhiping.achievements.states import VersionState
from zhiping.auditlog.recording import record
from zhiping.files.models import StoredFile
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move

BIN_DAYS = 30
EvidenceList = Sequence[tuple[str, int]]  # (part, key of a stored file)


class BadRecord(Refused):
    """Several things are wrong with a record; `errors` has a sentence for each field or part ("file-" + part)."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(f"有 {len(errors)} 处要处理，请按每一处的提示改正。")
        self.errors = dict(errors)


@transaction.atomic
def save_item(
    *,
    item: ArchiveItem | None,
    category: str,
    typed: Mapping[str, str],
    evidence: EvidenceList,
    stamp: str,
    token: str | None,
    actor: Actor,
    now: datetime,
    uploads: Sequence[tuple[str, StoredFile]] = (),
) -> ItemVersion:
    """Keep what was typed as the draft of an item; a decided version is followed by a new one (R-041).

    1. ask access; 2. read and check every value, or BadRecord; 3. find or make the item (`token` makes it once);
    4. refuse if another page saved meanwhile (`stamp`); 5. update the draft or begin the next version; 6. evidence.
    """
    kind = categories()[category]
    if not can_fill_archive(actor, item.person_id if item else actor.person_id or 0):
        raise Forbidden("archive.save")
    _refuse_extracted(item)
    data = _checked(kind, typed, now)
    files = _own_files(kind, evidence, uploads, actor)
    is_new = item is None
    if item is None:
        item, is_new = _new_item(category, token, actor, now)
    latest = None if is_new else item.versions.order_by("-number").first()
    content = {"data": data, "label": label_of(kind, data), "saved_at": now}
    if latest is None or latest.state not in {VersionState.DRAFT, VersionState.SUBMITTED}:
        _refuse_other_page(latest, stamp)
        return _next_version(item, latest, content, files)
    latest.item = item
    links = {(link.part, link.file_id) for link in latest.evidence_links.all()}
    if latest.is_draft and latest.data == data and links == files:
        return latest  # nothing new: a repeated click is no conflict
    _refuse_other_page(latest, stamp)
    if latest.is_submitted:
        raise Refused("这一项正在等单位审核。要修改，请先撤回。")
    _rewrite(latest, content)
    _link(latest, links, files)
    return latest


@transaction.atomic
def submit_item(*, version: ItemVersion, stamp: str | None, actor: Actor, now: datetime) -> None:
    """Send a draft to the current employer for audit (R-039, R-040).

    1. nothing required may be open, fields or evidence, else BadRecord; 2. the employer comes from the profile;
    3. move, with the fingerprint of the content in the log.
    """
    if not can_fill_archive(actor, version.person_id):
        raise Forbidden(transitions.SUBMIT.verb)
    if stamp is not None:
        _refuse_other_page(version, stamp)
    links = list(version.evidence_links.select_related("file"))
    errors = open_items(version, [link.part for link in links])
    if errors:
        raise BadRecord(errors)
    employer = Profile.objects.filter(person_id=version.person_id).values_list("employer", flat=True).first()
    if employer is None:
        raise Refused("您还没有现工作单位，业绩没有单位可送审。请先填写个人基本信息并送单位审核。")
    if version.is_draft and version.item.deleted_at is None:
        ItemVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT).update(
            employer=employer, submitted_at=now
        )
        version.employer_id, version.submitted_at = employer, now
    elif version.item.deleted_at is not None:
        raise Refused("这一项在回收站里。请先恢复，再送审。")
    digest = content_hash(version.data, [(link.part, link.file.sha256) for link in links])
    move(
        version,
        transitions.SUBMIT,
        actor=actor,
        now=now,
        details={"number": version.number, "content": digest},
    )


@transaction.atomic
def withdraw_item(*, version: ItemVersion, expected: int | None, actor: Actor, now: datetime) -> None:
    """Take a version back before the employer has decided."""
    move(version, transitions.WITHDRAW, actor=actor, now=now, version=expected)


@transaction.atomic
def discard_item(*, item: ArchiveItem, actor: Actor, now: datetime) -> None:
    """Put an item into the recycle bin; a version that waits for audit must be taken back first."""
    if not can_fill_archive(actor, item.person_id):
        raise Forbidden("archive.discard")
    _refuse_extracted(item)
    if item.versions.filter(state=VersionState.SUBMITTED).exists():
        raise Refused("这一项正在等单位审核。要删除，请先撤回。")
    if ArchiveItem.objects.filter(pk=item.pk, deleted_at=None).update(deleted_at=now):
        record("archive.discard", actor=actor, now=now, subject=item)


@transaction.atomic
def restore_item(*, item: ArchiveItem, actor: Actor, now: datetime) -> None:
    """Bring an item back from the recycle bin within its 30 days."""
    if not can_fill_archive(actor, item.person_id):
        raise Forbidden("archive.restore")
    _refuse_extracted(item)
    if item.deleted_at is not None and item.deleted_at <= now - timedelta(days=BIN_DAYS):
        raise Refused(f"这一项在回收站里已超过 {BIN_DAYS} 天，不能恢复。请重新填写。")
    if ArchiveItem.objects.filter(pk=item.pk).exclude(deleted_at=None).update(deleted_at=None):
        record("archive.restore", actor=actor, now=now, subject=item)


def open_items(version: ItemVersion, parts: Sequence[str]) -> dict[str, str]:
    """What is still missing before `version` can be submitted: fields by name, evidence by "file-" + part."""
    kind = categories()[version.item.category]
    missing = open_points(kind.fields, version.data)
    if version.source:
        return missing  # a register proves it: nothing is uploaded
    for part in open_parts(kind, version.data, parts):
        missing[f"file-{part.key}"] = f"还没有上传{part.label}。"
    return missing


def _refuse_extracted(item: ArchiveItem | None) -> None:
    if item is not None and item.source_key is not None:
        raise Refused(
            "这一项由登记系统自动提取，不能手工改动。内容有误的，请到提供数据的系统更正，更正后自动更新。"
        )


def _checked(kind: Category, typed: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The typed values, all of them right; else BadRecord."""
    reading = read_record(kind.fields, typed, today=clock.beijing_day(now))
    if reading.errors:
        raise BadRecord(reading.errors)
    return reading.data


def _own_files(
    kind: Category, evidence: EvidenceList, uploads: Sequence[tuple[str, StoredFile]], actor: Actor
) -> set[tuple[str, int]]:
    """The evidence as (part, file) pairs: known parts, the person's own files; `uploads` were stored just now."""
    fresh = {(part, file.pk) for part, file in uploads if file.owner_id == actor.person_id}
    wanted = set(evidence) | fresh
    kept = {file for _, file in wanted - fresh}
    if kept:
        own = StoredFile.objects.filter(owner_id=actor.person_id, pk__in=kept)
        kept -= set(own.values_list("pk", flat=True))
    if kept or any(kind.part(part) is None for part, _ in wanted):
        raise Refused("有一份材料已经不在了。请刷新页面，重新上传这份材料。")
    return wanted


def _new_item(category: str, token: str | None, actor: Actor, now: datetime) -> tuple[ArchiveItem, bool]:
    """The item of a new form and whether it was made just now."""
    if token and (made := ArchiveItem.objects.filter(token=token).first()):
        if made.person_id != actor.person_id or made.category != category:
            raise Refused("这个页面已经过期。请回到业绩档案，重新打开后再填。")
        return made, False
    item = ArchiveItem.objects.create(
        person_id=actor.person_id, category=category, token=token, created_at=now
    )
    return item, True


def _next_version(
    item: ArchiveItem, latest: ItemVersion | None, content: dict[str, Any], files: set[tuple[str, int]]
) -> ItemVersion:
    version = ItemVersion.objects.create(item=item, number=latest.number + 1 if latest else 1, **content)
    _link(version, set(), files)
    return version


def _rewrite(draft: ItemVersion, content: dict[str, Any]) -> None:
    """Give the draft its new content, unless another page got there first."""
    rows = ItemVersion.objects.filter(pk=draft.pk, version=draft.version, state=VersionState.DRAFT)
    if not rows.update(version=F("version") + 1, **content):
        raise _other_page()
    draft.refresh_from_db(fields=["version", *content])


def _link(version: ItemVersion, there: set[tuple[str, int]], wanted: set[tuple[str, int]]) -> None:
    if gone := there - wanted:
        links: dict[tuple[str, int], Any] = {
            (link.part, link.file_id): link.pk for link in version.evidence_links.all()
        }
        Evidence.objects.filter(pk__in=[links[pair] for pair in gone]).delete()
    Evidence.objects.bulk_create(
        Evidence(version=version, part=part, file_id=file) for part, file in sorted(wanted - there)
    )


def _refuse_other_page(latest: ItemVersion | None, stamp: str) -> None:
    if latest is not None and stamp != latest.stamp:
        raise _other_page()


def _other_page() -> Refused:
    return Refused(
        "这一项刚刚在另一个页面（或另一台设备）上改过，您这次的内容没有保存。"
        "请先复制您写的内容，再刷新页面，在最新内容上修改。"
    )
