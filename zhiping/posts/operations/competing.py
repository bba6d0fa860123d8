"""竞聘: posts opened, people in their order of merit, the result fixed with the promise to appoint (R-213, R-218…R-220)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.lifecycle.moving import move
from zhiping.posts import access, queries, transitions
from zhiping.posts.models import Competition, CompetitionEntry, PostLedger
from zhiping.posts.states import CHOSEN, CompetitionState, LedgerState, Outcome


@dataclass(frozen=True, slots=True)
class EntryTold:
    """What is known of one person of a competition."""

    person: Person
    outcome: str
    current_title: str = ""
    appointed_title: str = ""
    appointed_on: date | None = None
    current_grade: str = ""
    wanted_title: str = ""
    wanted_grade: str = ""
    is_transfer: bool = False


@transaction.atomic
def open_competition(
    *, ledger: PostLedger, year: int, group: str, name: str, opened: int, actor: Actor, now: datetime
) -> Competition:
    """Open posts of one level; no more than the ledger has free. The same name again is the same competition."""
    if not access.can_keep_ledger(actor, ledger):
        raise Forbidden("post_competition.open")
    if ledger.state != LedgerState.IN_FORCE:
        raise Refused("岗位数据还没有核准，不能推出岗位竞聘。")
    same = ledger.competitions.filter(year=year, group=group, name=name.strip())
    found = same.exclude(state=CompetitionState.VOID).first()
    if found is not None:
        return found
    free = ledger.levels.get(group=group).free
    if opened > free:
        raise Refused(f"该等级现在只有 {free} 个可用的空缺岗位，不能推出 {opened} 个。", field="opened")
    competition = Competition.objects.create(
        ledger=ledger, year=year, group=group, name=name.strip(), opened=opened, created_at=now
    )
    record("post_competition.open", actor=actor, now=now, subject=competition, to_state=competition.state)
    return competition


@transaction.atomic
def enter_person(
    *, competition: Competition, told: EntryTold, actor: Actor, now: datetime
) -> CompetitionEntry:
    """Put a person after the last one; who is there already is corrected in place (R-226)."""
    if not access.can_keep_competition(actor, competition):
        raise Forbidden("post_competition.enter")
    competition = Competition.objects.select_for_update().get(pk=competition.pk)
    if competition.state != CompetitionState.OPEN:
        raise Refused("竞聘结果已经确定，不能再改名单。确需改的，请作废后重新登记。")
    _refuse_incomplete(told)
    values = {name: getattr(told, name) for name in EntryTold.__slots__ if name != "person"}
    entry = competition.entries.filter(person=told.person).first()
    if entry is None:
        position = competition.entries.count() + 1
        entry = CompetitionEntry(competition=competition, person=told.person, position=position)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save()
    details = {"person": told.person.pk, "position": entry.position, "outcome": str(told.outcome)}
    record("post_competition.enter", actor=actor, now=now, subject=competition, details=details)
    return entry


@transaction.atomic
def conclude_competition(
    *, competition: Competition, is_committed: bool, version: int | None, actor: Actor, now: datetime
) -> None:
    """Fix the result: the promise to appoint is given, and no more are chosen than posts were opened (R-218, R-219)."""
    if not is_committed:
        raise Refused(
            "请确认承诺：取得资格后按规定及时聘任。没有承诺的竞聘结果不能用于推荐。", field="is_committed"
        )
    chosen = competition.entries.filter(outcome__in=sorted(CHOSEN)).count()
    if not chosen:
        raise Refused("名单里还没有竞聘上岗的人，请先登记。")
    if chosen > competition.opened:
        raise Refused(f"推出 {competition.opened} 个岗位，竞聘上岗 {chosen} 人，人数不能多于岗位数。")
    queries.refuse_chosen_elsewhere(competition)
    competition.is_committed, competition.concluded_at = True, now
    competition.save(update_fields=["is_committed", "concluded_at"])
    move(competition, transitions.CONCLUDE, actor=actor, now=now, version=version)


@transaction.atomic
def void_competition(
    *, competition: Competition, reason: str, version: int | None, actor: Actor, now: datetime
) -> None:
    """Take a result back with a reason, unless somebody was already recommended on it."""
    if not reason.strip():
        raise Refused("请写明作废的原因。", field="reason")
    if queries.has_seats_of(competition):
        raise Refused("名单上有人已被推荐并占用空缺，不能作废。请先处理他们的申报。")
    move(competition, transitions.VOID, actor=actor, now=now, version=version, note=reason)


def _refuse_incomplete(told: EntryTold) -> None:
    if told.current_title.strip() and told.appointed_on is None:
        raise Refused("已有任职资格的，请填写聘任时间。", field="appointed_on")
    if told.outcome == Outcome.DIRECT and not told.current_title.strip():
        raise Refused("直接聘任的人须已有相应任职资格，请填写现有任职资格。", field="current_title")
    if told.outcome in (Outcome.REVIEW, Outcome.INITIAL) and not told.wanted_title.strip():
        raise Refused("请填写推荐申报的职称。", field="wanted_title")
    if told.outcome in CHOSEN and not told.wanted_grade.strip():
        raise Refused("请填写拟聘的岗位等级，例如“专业技术十级”。", field="wanted_grade")
