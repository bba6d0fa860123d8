"""个人基本信息: save, submit, take back (R-037, R-029)."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from zhiping.achievements import transitions
from zhiping.achievements.access import can_fill_archive
from zhiping.achievements.content import content_hash
from zhiping.achievements.employer import current_employer
from zhiping.achievements.models import ItemVersion, Profile, ProfileVersion
from zhiping.achievements.operations.items import BadRecord
from zhiping.achievements.queries import sensitive_of
from zhiping.achievements.record import open_points, read_record
from zhiping.achievements.schema import profile_fields
from zhiping.achievements.states import VersionState
from zhiping.files.models import StoredFile
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import EMPLOYER_KINDS, OrganisationKind, OrganisationState


@transaction.atomic
def save_profile(
    *,
    typed: Mapping[str, str],
    employer: int | None,
    photo: StoredFile | None,
    stamp: str,
    actor: Actor,
    now: datetime,
) -> ProfileVersion:
    """Keep what was typed as the draft of the person's own profile; a decided version is followed by a new one.

    1. ask access; 2. read and check every value and the employer, or BadRecord; 3. refuse if another page saved
    meanwhile; 4. update the draft or begin the next version.
    """
    if actor.person_id is None or not can_fill_archive(actor, actor.person_id):
        raise Forbidden("profile.save")
    data = _checked(typed, employer, now)
    profile, _ = Profile.objects.get_or_create(person_id=actor.person_id)
    latest = profile.versions.order_by("-number").first()
    content = {**_split(data), "employer_id": employer, "photo": photo, "saved_at": now}
    if latest is None or latest.state not in {VersionState.DRAFT, VersionState.SUBMITTED}:
        if latest is not None and stamp != latest.stamp:
            raise _other_page()
        return ProfileVersion.objects.create(
            profile=profile, number=latest.number + 1 if latest else 1, **content
        )
    latest.profile = profile
    if latest.is_draft and _same(latest, data, employer, photo):
        return latest
    if stamp != latest.stamp:
        raise _other_page()
    if latest.is_submitted:
        raise Refused("个人基本信息正在等单位审核。要修改，请先撤回。")
    _rewrite(latest, content)
    return latest


@transaction.atomic
def submit_profile(*, version: ProfileVersion, stamp: str | None, actor: Actor, now: datetime) -> None:
    """Send the profile to the employer it names; that body sees the archive from now on.

    1. nothing required may be open; 2. move with the fingerprint in the log; 3. keep the current employer in step.
    """
    if not can_fill_archive(actor, version.person_id):
        raise Forbidden(transitions.SUBMIT.verb)
    if stamp is not None and stamp != version.stamp:
        raise _other_page()
    if errors := open_profile_points(version):
        raise BadRecord(errors)
    if version.is_draft:
        ProfileVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT).update(submitted_at=now)
        version.submitted_at = now
    photo = [("photo", version.photo.sha256)] if version.photo else []
    said = {**version.data, "sensitive": sensitive_of(version), "employer": version.employer_id}
    details = {"number": version.number, "content": content_hash(said, photo)}
    move(version, transitions.SUBMIT, actor=actor, now=now, details=details)
    keep_employer_in_step(version.profile)


@transaction.atomic
def withdraw_profile(*, version: ProfileVersion, expected: int | None, actor: Actor, now: datetime) -> None:
    """Take the profile back before the employer has decided."""
    move(version, transitions.WITHDRAW, actor=actor, now=now, version=expected)
    keep_employer_in_step(version.profile)


def keep_employer_in_step(profile: Profile) -> None:
    """Write the current employer on the profile; items that wait for audit go to the body that is current now."""
    versions = profile.versions.order_by("-number").values_list("state", "employer_id")
    employer, confirmed = current_employer(list(versions))
    if (profile.employer_id, profile.is_confirmed) == (employer, confirmed):
        return
    Profile.objects.filter(pk=profile.pk).update(employer=employer, is_confirmed=confirmed)
    profile.employer_id, profile.is_confirmed = employer, confirmed
    if employer is not None:
        ItemVersion.objects.filter(item__person_id=profile.person_id, state=VersionState.SUBMITTED).update(
            employer=employer
        )


def authorised_employers():
    """The bodies that a person may name as current employer (R-029)."""
    return Organisation.objects.filter(kind__in=EMPLOYER_KINDS, state=OrganisationState.AUTHORISED)


def open_profile_points(version: ProfileVersion) -> dict[str, str]:
    """What is still missing before the profile can be submitted."""
    data = {**version.data, **sensitive_of(version)}
    missing = open_points(profile_fields(), data)
    if version.employer is None:
        missing["employer"] = "还没有选择现工作单位。"
    elif version.employer.kind == OrganisationKind.PERSONNEL_AGENCY and "employer_kind" not in data:
        missing["employer_kind"] = "由人事代理机构代理申报的，请选择实际工作单位属于哪一类。"
    return missing


def _checked(typed: Mapping[str, str], employer: int | None, now: datetime) -> dict[str, object]:
    """The typed values, all of them right, and the employer authorised; else BadRecord."""
    reading = read_record(profile_fields(), typed, today=clock.beijing_day(now))
    errors = dict(reading.errors)
    if employer is not None and not authorised_employers().filter(pk=employer).exists():
        errors["employer"] = (
            "只能选择已通过授权的单位。如果找不到您的单位，请联系单位人事部门先完成注册授权。"
        )
    if errors:
        raise BadRecord(errors)
    return reading.data


def _rewrite(draft: ProfileVersion, content: dict[str, object]) -> None:
    """Give the draft its new content, unless another page got there first."""
    rows = ProfileVersion.objects.filter(pk=draft.pk, version=draft.version, state=VersionState.DRAFT)
    if not rows.update(version=F("version") + 1, **content):
        raise _other_page()
    draft.refresh_from_db(fields=["version", "data", "sensitive", "employer", "photo", "saved_at"])


def _split(data: Mapping[str, object]) -> dict[str, object]:
    """Sensitive answers are kept encrypted, apart from the rest."""
    fields = profile_fields()
    hidden = {name: value for name, value in data.items() if fields[name].sensitive}
    plain = {name: value for name, value in data.items() if not fields[name].sensitive}
    return {"data": plain, "sensitive": json.dumps(hidden, ensure_ascii=False) if hidden else ""}


def _same(latest: ProfileVersion, data: Mapping, employer: int | None, photo: StoredFile | None) -> bool:
    there = {**latest.data, **sensitive_of(latest)}
    return (there, latest.employer_id, latest.photo_id) == (data, employer, photo.pk if photo else None)


def _other_page() -> Refused:
    return Refused(
        "个人基本信息刚刚在另一个页面（或另一台设备）上改过，您这次的内容没有保存。"
        "请先复制您写的内容，再刷新页面，在最新内容上修改。"
    )
