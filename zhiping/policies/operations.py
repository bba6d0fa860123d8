"""What people do with pack versions and with the working calendar."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.kernel.actor import SYSTEM, Actor, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.kernel.models import CalendarException, CalendarYear
from zhiping.lifecycle.moving import move
from zhiping.policies import transitions
from zhiping.policies.access import can_draft_pack, can_edit_pack, can_keep_calendar
from zhiping.policies.calendar_lines import read_lines
from zhiping.policies.models import PackVersion
from zhiping.policies.queries import next_number, problems_of, published
from zhiping.policies.readable import readable
from zhiping.policies.states import PackState
from zhiping.policy_engine.pack import Pack, load_pack, load_pack_text

FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def draft_pack(*, text: str, actor: Actor, now: datetime) -> PackVersion:
    """Enter a new version as a draft: read and check the text, give it the next number, log it."""
    if not can_draft_pack(actor):
        raise Forbidden("pack.draft")
    pack = checked(text)
    return _new_version(pack, text, actor=actor, now=now)


@transaction.atomic
def rewrite_pack(*, version: PackVersion, text: str, actor: Actor, now: datetime) -> None:
    """Change the text of a draft: check it, keep it only if the pack is still the same one, log it."""
    if not can_edit_pack(actor, version):
        raise Forbidden("pack.rewrite")
    if version.state != PackState.DRAFT:
        raise Refused("只有草稿可以修改。已提交复核的，请先退回；已发布的，请另起新版本。")
    pack = checked(text)
    if pack.id != version.slug:
        raise Refused(
            f"这份草稿是“{version.slug}”，文本里写的却是“{pack.id}”。请改回，或另起一份。", field="text"
        )
    version.text, version.name, version.checksum = text, pack.name, pack.checksum
    version.author_id = actor.user_id
    version.save(update_fields=["text", "name", "checksum", "author"])
    record("pack.rewrite", actor=actor, now=now, subject=version, details={"checksum": pack.checksum})


@transaction.atomic
def publish_pack(*, version: PackVersion, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Offer a draft for publication; from here on its text is frozen until someone else decides."""
    move(version, transitions.OFFER, actor=actor, now=now, version=expected)


@transaction.atomic
def return_pack(
    *, version: PackVersion, reason: str, actor: Actor, now: datetime, expected: int | None = None
) -> None:
    """Give an offered version back to its author with the reason."""
    if not reason.strip():
        raise Refused("请写明退回的原因，作者要照着改。", field="reason")
    move(version, transitions.RETURN, actor=actor, now=now, version=expected, note=reason.strip())


@transaction.atomic
def approve_pack(*, version: PackVersion, actor: Actor, now: datetime, expected: int | None = None) -> None:
    """Publish as the second person: supersede the version in force, publish this one, note the moment.

    Plans that are pinned to the superseded version stay pinned to it (R-389).
    """
    if can_edit_pack(actor, version) and actor.user_id is not None and actor.user_id == version.author_id:
        raise Refused("发布要由另一位同事复核。您是这一版的作者，请同事登录后发布。")
    former = published(version.slug)
    if former is not None and version.state == PackState.OFFERED:
        move(former, transitions.SUPERSEDE, actor=actor, now=now, details={"by": version.number})
    move(
        version,
        transitions.APPROVE,
        actor=actor,
        now=now,
        version=expected,
        details={"checksum": version.checksum},
    )
    version.published_at = now
    version.save(update_fields=["published_at"])


@transaction.atomic
def install_pack(*, folder: Path, now: datetime) -> PackVersion:
    """Publish a pack that came with the platform's release; nothing happens if it is in force already."""
    pack = load_pack(folder)
    former = published(pack.id)
    if former is not None and former.checksum == pack.checksum:
        return former
    text = readable({key: each for key, each in pack.data.items() if key != "extends"})
    version = _new_version(pack, text, actor=SYSTEM, now=now)
    publish_pack(version=version, actor=SYSTEM, now=now)
    approve_pack(version=version, actor=SYSTEM, now=now)
    return version


@transaction.atomic
def enter_calendar_year(*, year: int, basis: str, lines: str, actor: Actor, now: datetime) -> CalendarYear:
    """Enter or correct a year's holiday arrangement from the State Council's notice; log the days."""
    if not can_keep_calendar(actor):
        raise Forbidden("calendar.enter")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。", field="year")
    if not basis.strip():
        raise Refused("请写明依据的文件，例如：国办发明电〔2025〕7号。", field="basis")
    days = read_lines(lines, year)
    known, _ = CalendarYear.objects.update_or_create(year=year, defaults={"basis": basis.strip()[:200]})
    known.exceptions.all().delete()
    CalendarException.objects.bulk_create(
        CalendarException(day=each.day, year=known, is_working=each.is_working, name=each.name)
        for each in days
    )
    details = {"basis": known.basis, "days": {each.day.isoformat(): each.is_working for each in days}}
    record("calendar.enter", actor=actor, now=now, subject=known, details=details)
    return known


def checked(text: str) -> Pack:
    """The pack of a text, or Refused with every problem in one sentence each."""
    problems = problems_of(text)
    if problems:
        raise Refused(f"规则文本有 {len(problems)} 处要改，见下面逐条说明。", field="text")
    pack = load_pack_text(text)
    if pack.is_abstract:
        raise Refused("这是供其他规则包引用的上级文本（abstract），不能单独发布。", field="text")
    return pack


def _new_version(pack: Pack, text: str, *, actor: Actor, now: datetime) -> PackVersion:
    version = PackVersion.objects.create(
        slug=pack.id,
        number=next_number(pack.id),
        name=pack.name,
        text=text,
        checksum=pack.checksum,
        author_id=actor.user_id,
        owner_id=actor.organisation_id if actor.has_role(Role.COMMITTEE_OFFICE) else None,
        created_at=now,
    )
    details = {"slug": version.slug, "number": version.number, "checksum": version.checksum}
    record("pack.draft", actor=actor, now=now, subject=version, to_state=version.state, details=details)
    return version
