"""People register their own hours with proof."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education import transitions
from zhiping.continuing_education.access import can_keep_own, can_register_own
from zhiping.continuing_education.conversion import Conversion
from zhiping.continuing_education.ledger import plain
from zhiping.continuing_education.models import HourRecord
from zhiping.continuing_education.queries import authority_over
from zhiping.continuing_education.states import LIVE, TRUST_OF, HourCategory, Origin, RecordState
from zhiping.files.models import StoredFile
from zhiping.kernel import clock
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.organisations.models import Organisation

FIRST_YEAR = 1995


@transaction.atomic
def register_own_hours(
    *,
    conversion: Conversion,
    amount: Decimal,
    year: int,
    title: str,
    registered_in: str,
    proofs: Sequence[StoredFile],
    employer: Organisation | None,
    token: str,
    mended: HourRecord | None = None,
    actor: Actor,
    now: datetime,
) -> HourRecord:
    """Register hours that a conversion gives and send them to the employer. The same token again is the same record.

    1. who, and what is missing; 2. hours by the table, never typed; 3. a mended record gives way to its next version;
    4. the record, with the employer and the authority that will audit it; 5. the log.
    """
    if not can_register_own(actor, actor.person_id):
        raise Forbidden("hours.register")
    key = f"own:{actor.person_id}:{token}"
    made = HourRecord.objects.filter(person_id=actor.person_id, key=key).exclude(state=RecordState.REPLACED)
    if mended is None and (there := made.first()):
        return there
    authority = _checked(title=title, year=year, proofs=proofs, employer=employer, actor=actor, now=now)
    hours = conversion.hours_for(amount)
    _refuse_over_cap(conversion, hours, year, mended, actor)
    if mended is not None:
        _give_way(mended, actor, now)
    row = HourRecord.objects.create(
        state=RecordState.SUBMITTED,
        person_id=actor.person_id,
        year=year,
        category=HourCategory(conversion.category),
        hours=hours,
        title=title.strip(),
        key=mended.key if mended else key,
        number=mended.number + 1 if mended else 1,
        replaces=mended,
        origin=Origin.PERSON,
        trust=TRUST_OF[Origin.PERSON],
        registered_in=registered_in,
        conversion=conversion.key,
        employer=employer,
        authority=authority,
        made_at=now,
    )
    row.proofs.set(proofs)
    files = sorted(file.sha256 for file in proofs)
    details = {"hours": str(hours), "year": year, "conversion": conversion.key, "files": files}
    record("hours.register", actor=actor, now=now, subject=row, to_state=row.state, details=details)
    return row


@transaction.atomic
def withdraw_own_hours(*, hour_record: HourRecord, expected: int | None, actor: Actor, now: datetime) -> None:
    """Take back what nobody has passed yet."""
    move(hour_record, transitions.WITHDRAW, actor=actor, now=now, version=expected)


def _checked(
    *,
    title: str,
    year: int,
    proofs: Sequence[StoredFile],
    employer: Organisation | None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """The authority that will audit, if nothing is missing."""
    if not title.strip():
        raise Refused("请填写学习内容，例如论文题目、专利名称、授课名称。", field="title")
    this_year = clock.beijing_day(now).year
    if not FIRST_YEAR <= year <= this_year:
        raise Refused(f"年度应在 {FIRST_YEAR} 到 {this_year} 之间。", field="year")
    if not proofs or any(file.owner_id != actor.person_id for file in proofs):
        raise Refused("请上传证明材料：没有证明的学时不能登记。", field="proof")
    if employer is None:
        raise Refused("您还没有现工作单位，学时没有单位可审。请先在个人基本信息里选择单位并送审。")
    authority = authority_over(employer)
    if authority is None:
        raise Refused("平台上还没有贵单位的主管部门，学时没有部门可审。请联系平台运营人员。")
    return authority


def _refuse_over_cap(
    conversion: Conversion, hours: Decimal, year: int, mended: HourRecord | None, actor: Actor
) -> None:
    """A kind of activity counts only up to its yearly limit."""
    if conversion.most_a_year is None:
        return
    live = HourRecord.objects.filter(
        person_id=actor.person_id, year=year, conversion=conversion.key, state__in=sorted(LIVE)
    )
    held = sum((row.hours for row in live if mended is None or row.pk != mended.pk), Decimal(0))
    if held + hours > conversion.most_a_year:
        left = max(conversion.most_a_year - held, Decimal(0))
        raise Refused(
            f"“{conversion.label}”一年最多折算 {plain(conversion.most_a_year)} 学时，{year} 年已登记 {plain(held)} 学时，"
            f"还可登记 {plain(left)} 学时。请减少数量。",
            field="amount",
        )


def _give_way(mended: HourRecord, actor: Actor, now: datetime) -> None:
    if not can_keep_own(actor, mended):
        raise Forbidden("hours.replace")
    if mended.state != RecordState.RETURNED:
        raise Refused("只有被退回的登记可以修改后重新送审。")
    move(mended, transitions.REPLACE, actor=actor, now=now)
