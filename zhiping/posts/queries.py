"""Which ledgers one may see, what stands in them, and whether somebody may still be recommended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from zhiping.identity.models import Person
from zhiping.kernel.actor import Actor
from zhiping.kernel.clock import BEIJING
from zhiping.kernel.errors import Refused
from zhiping.kernel.regions import lies_in
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationState
from zhiping.policies.models import PackVersion
from zhiping.policies.queries import pack_of
from zhiping.policies.states import PackState
from zhiping.posts.access import KEEPING_ROLES, POST_ROLES
from zhiping.posts.figures import ExchangeRule, rule_of
from zhiping.posts.models import (
    Competition,
    CompetitionEntry,
    LedgerChange,
    PostForm,
    PostLedger,
    PostLevel,
    Reservation,
    Statement,
)
from zhiping.posts.states import (
    AUTHORITY_KINDS,
    CHOSEN,
    LIVE,
    OPEN_CHANGES,
    RECOMMENDED,
    ChangeState,
    CheckState,
    CompetitionState,
    FormState,
    LedgerState,
    PostGroup,
    StatementState,
)

MOST_SEATS = 200


def visible_to(actor: Actor) -> QuerySet[PostLedger]:
    """The institution's own; those a post authority keeps; those that use, or ask for, a body's pooled posts."""
    rows = PostLedger.objects.select_related("institution", "authority", "pooling_authority")
    if actor.role in KEEPING_ROLES:
        return rows.filter(institution_id=actor.organisation_id or 0)
    if actor.role in POST_ROLES:
        mine = actor.organisation_id or 0
        asked = LedgerChange.objects.filter(pooling_authority_id=mine).values("ledger_id")
        return rows.filter(Q(authority_id=mine) | Q(pooling_authority_id=mine) | Q(pk__in=asked))
    return rows.none()


def forms_visible_to(actor: Actor) -> QuerySet[PostForm]:
    related = PostForm.objects.select_related(
        "ledger__institution", "ledger__authority", "ledger__pooling_authority"
    )
    return related.filter(ledger__in=visible_to(actor))


def changes_visible_to(actor: Actor) -> QuerySet[LedgerChange]:
    related = LedgerChange.objects.select_related(
        "ledger__institution", "ledger__authority", "pooling_authority", "decided_by"
    )
    return related.filter(ledger__in=visible_to(actor))


def reservations_visible_to(actor: Actor) -> QuerySet[Reservation]:
    related = Reservation.objects.select_related("post__ledger__institution", "person")
    return related.filter(post__ledger__in=visible_to(actor))


def statements_visible_to(actor: Actor) -> QuerySet[Statement]:
    """The institution's own."""
    rows = Statement.objects.select_related("person", "institution")
    if actor.role not in KEEPING_ROLES:
        return rows.none()
    return rows.filter(institution_id=actor.organisation_id or 0)


def possible_authorities(region_code: str) -> QuerySet[Organisation]:
    """Bodies of a place and of what it lies in that may keep its ledgers or lend pooled posts, the nearest first."""
    around = set(lies_in(region_code))
    rows = Organisation.objects.filter(
        kind__in=sorted(AUTHORITY_KINDS), region_id__in=around, state=OrganisationState.AUTHORISED
    )
    return rows.order_by("-region_id", "kind", "name")


def exchange_rules() -> list[ExchangeRule]:
    """退三进二 and the like, as the published packs state them; each once."""
    rows = PackVersion.objects.filter(state=PackState.PUBLISHED, text__contains="exchanges:")
    found: dict[str, ExchangeRule] = {}
    for version in rows.order_by("slug"):
        said = pack_of(version).data.get("posts") or {}
        for raw in said.get("exchanges") or ():
            found.setdefault(raw["id"], rule_of(raw))
    return list(found.values())


def waiting_change(ledger: PostLedger) -> LedgerChange | None:
    """The proposal that nobody has decided yet."""
    rows = ledger.changes.select_related("pooling_authority", "ledger")
    return rows.filter(state__in=sorted(OPEN_CHANGES)).first()


def concluded(ledger: PostLedger, year: int, groups: Iterable[str]) -> list[Competition]:
    """The year's concluded competitions of these levels with their people, oldest first."""
    rows = ledger.competitions.filter(year=year, group__in=list(groups), state=CompetitionState.CONCLUDED)
    return list(rows.order_by("concluded_at", "pk").prefetch_related("entries__person"))


def competitions_visible_to(actor: Actor) -> QuerySet[Competition]:
    related = Competition.objects.select_related("ledger__institution")
    return related.filter(ledger__in=visible_to(actor))


def recommended_in(competitions: Iterable[Competition]) -> list[int]:
    """Keys of the people whom these competitions recommend for review or initial determination."""
    entries = (entry for each in competitions for entry in each.entries.all())
    return [entry.person_id for entry in entries if entry.outcome in RECOMMENDED]


def refuse_chosen_elsewhere(competition: Competition) -> None:
    """Nobody is chosen twice for one level in a year."""
    chosen = competition.entries.filter(outcome__in=sorted(CHOSEN)).values("person_id")
    twice = CompetitionEntry.objects.filter(
        competition__ledger_id=competition.ledger_id,
        competition__year=competition.year,
        competition__group=competition.group,
        competition__state=CompetitionState.CONCLUDED,
        outcome__in=sorted(CHOSEN),
        person_id__in=chosen,
    ).select_related("person")
    if names := "、".join(entry.person.name for entry in twice):
        raise Refused(f"{names}今年在同一等级的另一次竞聘里已经上岗，不能重复。")


def has_seats_of(competition: Competition) -> bool:
    """Whether somebody of the competition holds a seat of its level."""
    people = competition.entries.values("person_id")
    seats = Reservation.objects.filter(post__ledger_id=competition.ledger_id, person_id__in=people)
    return seats.filter(post__group=competition.group, state__in=sorted(LIVE)).exists()


def forms_waiting_for(actor: Actor) -> list[PostForm]:
    """Forms that this body can sign or seal now."""
    mine = actor.organisation_id or 0
    if actor.role not in POST_ROLES:
        return []
    to_sign = Q(state=FormState.SUBMITTED, uses_pooled=True, ledger__pooling_authority_id=mine)
    to_seal = Q(ledger__authority_id=mine) & (
        Q(state=FormState.POOL_SIGNED) | Q(state=FormState.SUBMITTED, uses_pooled=False)
    )
    rows = PostForm.objects.select_related("ledger__institution").defer("content")
    return list(rows.filter(to_sign | to_seal).order_by("filled_at", "pk")[:50])


def waiting_for(actor: Actor) -> list[LedgerChange]:
    """Proposals that this body can act on now: to sign for pooled posts, or to approve."""
    mine = actor.organisation_id or 0
    if actor.role not in POST_ROLES:
        return []
    to_sign = Q(state=ChangeState.PROPOSED, pooling_authority_id=mine)
    to_approve = Q(ledger__authority_id=mine) & (
        Q(state=ChangeState.POOL_SIGNED) | Q(state=ChangeState.PROPOSED, pooling_authority=None)
    )
    rows = LedgerChange.objects.select_related("ledger__institution")
    return list(rows.filter(to_sign | to_approve).order_by("proposed_at", "pk")[:50])


def seats_of(ledger: PostLedger) -> list[Reservation]:
    """Everybody who holds a seat or was appointed to one, newest first."""
    rows = Reservation.objects.select_related("person", "post")
    return list(rows.filter(post__ledger=ledger, state__in=sorted(LIVE))[:MOST_SEATS])


def locked(ledger_id: int) -> PostLedger:
    """The ledger, locked for this transaction."""
    rows = PostLedger.objects.select_related("institution", "authority").select_for_update(of=("self",))
    return rows.get(pk=ledger_id)


def level_of(institution_id: int, group: str) -> PostLevel | None:
    rows = PostLevel.objects.select_related("ledger__institution")
    return rows.filter(ledger__institution_id=institution_id, group=group).first()


def figures_of_level(level: PostLevel) -> dict[str, int]:
    return {
        name: getattr(level, name)
        for name in ("approved", "filled", "reserved", "pooled", "extra", "vacancy")
    }


def figures_of(ledger: PostLedger) -> dict[str, Any]:
    """What a proposal is built on. `reserved` is left out: recommending changes it every day and approves nothing."""
    return {
        "establishment": ledger.establishment,
        "posts": ledger.posts,
        "levels": {
            level.group: {
                "ratio": f"{level.ratio:.2f}",
                "approved": level.approved,
                "filled": level.filled,
                "pooled": level.pooled,
                "extra": level.extra,
            }
            for level in ledger.levels.order_by("pk")
        },
    }


def checked_figures(level: PostLevel) -> dict[str, Any]:
    """What the province's system last said of this level, with the time; empty if it has not answered (R-214, R-375)."""
    check = level.ledger.checks.filter(state__in=[CheckState.SAME, CheckState.DIFFERENT]).first()
    told = check.answer.get(level.group) if check else None
    if told is None or check.answered_at is None:
        return {}
    return {**told, "at": f"{check.answered_at.astimezone(BEIJING):%Y-%m-%d %H:%M}"}


def refuse_not_chosen(level: PostLevel, person: Person, year: int) -> None:
    """Where the institution has held a competition this year for the level, only who was chosen in it goes on."""
    held = CompetitionEntry.objects.filter(
        competition__ledger_id=level.ledger_id,
        competition__group=level.group,
        competition__year=year,
        competition__state=CompetitionState.CONCLUDED,
    )
    outcomes = dict(held.values_list("person_id", "outcome"))
    if outcomes and outcomes.get(person.pk) not in RECOMMENDED:
        raise Refused(
            f"{person.name}不在今年{PostGroup(level.group).label}岗位的竞聘结果里，不能推荐。"
            "请先在“岗位管理”里登记竞聘结果。"
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says for one application: the facts that follow, and where they come from."""

    has_vacancy: bool | None  # None: no ledger is in force, so nothing is known
    words: str
    form_code: str = ""
    statement: str = ""


def standing_of(
    *, institution_id: int, group: str, person_id: int, subject_id: int | None, year: int
) -> Standing | None:
    """How a person of an institution stands before its ledger; None where no ledger is in force (four queries at most)."""
    statement = Statement.objects.filter(
        institution_id=institution_id, person_id=person_id, year=year, state=StatementState.ISSUED
    ).first()
    shown = f"非在编说明 {statement.issued_at:%Y}-{statement.pk}" if statement else ""
    level = level_of(institution_id, group)
    if level is None or level.ledger.state != LedgerState.IN_FORCE:
        return Standing(None, words="", statement=shown) if shown else None
    holds = Reservation.objects.filter(subject_id=subject_id or 0, state__in=sorted(LIVE)).exists()
    sealed = PostForm.objects.filter(
        ledger_id=level.ledger_id, year=year, state=FormState.SEALED, people=person_id
    )
    code = sealed.values_list("code", flat=True).first() or ""
    words = (
        f"岗位台账（{level.get_group_display()}：核准 {level.approved}，实聘 {level.filled}，"
        f"已推荐待聘 {level.reserved}）"
    )
    return Standing(holds or level.free > 0, words, code, shown)
