"""Both printed forms filled from ledger and competitions (R-217…R-226, R-355, R-356, C-63, C-75). Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from zhiping.documents.opinion import Opinion
from zhiping.documents.post_form import (
    EstablishmentPostForm,
    EstablishmentRow,
    IntermediatePostForm,
    LevelRow,
    PromotedPerson,
    RecommendedPerson,
)
from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Refused
from zhiping.posts.figures import by_ratio, plain
from zhiping.posts.models import Competition, CompetitionEntry, PostForm, PostLedger, PostLevel
from zhiping.posts.states import CHOSEN, FormVariant, Outcome, PostGroup

TITLES = {
    FormVariant.HANGZHOU: "事业单位人员中级职称申报岗位信息表",
    FormVariant.ANJI: "事业单位人员职称申报岗位信息表",
}
GROUPS = {FormVariant.HANGZHOU: (PostGroup.INTERMEDIATE,), FormVariant.ANJI: tuple(PostGroup)}
NONE = "无"


def content_of(
    variant: str, ledger: PostLedger, levels: Sequence[PostLevel], competitions: Sequence[Competition]
) -> dict[str, Any]:
    """Everything the form says, frozen as plain values; the competitions are all of the year (R-223)."""
    entries = [entry for each in competitions for entry in each.entries.all() if entry.outcome in CHOSEN]
    count = {outcome: sum(entry.outcome == outcome for entry in entries) for outcome in Outcome}
    opened = sum(each.opened for each in competitions)
    refuse_disagreeing(opened, len(entries))
    shared = {
        "title": TITLES[FormVariant(variant)],
        "employer": ledger.institution.name,
        "review": count[Outcome.REVIEW],
        "initial": count[Outcome.INITIAL],
        "direct": count[Outcome.DIRECT],
        "opened": opened,
        "used": len(entries),
        "opened_words": "、".join(
            f"{group.label}{number}个" for group, number in opened_by_group(competitions) if number
        ),
        "establishment": ledger.establishment,
        "posts": ledger.posts,
        "levels": {level.group: level_values(level, employed(levels)) for level in levels},
    }
    return shared | {"people": [person_values(entry) for entry in entries if _is_listed(variant, entry)]}


def _is_listed(variant: str, entry: CompetitionEntry) -> bool:
    """杭州 lists reviews and initial determinations (R-218); 安吉 who is appointed and who is reviewed (R-224, R-356)."""
    if variant == FormVariant.HANGZHOU:
        return entry.outcome in (Outcome.REVIEW, Outcome.INITIAL)
    return entry.outcome in (Outcome.DIRECT, Outcome.REVIEW)


def refuse_disagreeing(opened: int, used: int) -> None:
    """Counts must agree over the whole year (R-218, R-220, R-223)."""
    if not opened:
        raise Refused("今年还没有确定的竞聘结果，请先登记竞聘再填表。")
    if used > opened:
        raise Refused(f"全年推出 {opened} 个岗位，使用 {used} 个，不能多于推出的。")


def employed(levels: Sequence[PostLevel]) -> int:
    return sum(level.filled for level in levels)


def opened_by_group(competitions: Sequence[Competition]) -> list[tuple[PostGroup, int]]:
    return [(group, sum(each.opened for each in competitions if each.group == group)) for group in PostGroup]


def level_values(level: PostLevel, all_employed: int) -> dict[str, Any]:
    """A level's column: the number by ratio and employed stands beside the approved one (R-225, C-63)."""
    return {
        "ratio": plain(level.ratio),
        "approved": level.approved,
        "by_ratio": by_ratio(level.ratio, all_employed),
        "filled": level.filled,
        "vacancy": level.vacancy,
        "pooled": level.pooled,
        "extra": level.extra,
    }


def person_values(entry: CompetitionEntry) -> dict[str, Any]:
    return {
        "name": entry.person.name,
        "id_number": entry.person.document_number,
        "current_title": entry.current_title or NONE,
        "appointed_title": entry.appointed_title,
        "appointed_on": entry.appointed_on.isoformat() if entry.appointed_on else None,
        "current_grade": entry.current_grade,
        "wanted_title": entry.wanted_title,
        "wanted_grade": entry.wanted_grade,
        "is_transfer": entry.is_transfer,
    }


def printed(form: PostForm, content: Mapping[str, Any]) -> IntermediatePostForm | EstablishmentPostForm:
    """The printed form of what was frozen, with the signatures it has by now."""
    if form.variant == FormVariant.HANGZHOU:
        return _intermediate(form, content)
    return _establishment(form, content)


def _intermediate(form: PostForm, content: Mapping[str, Any]) -> IntermediatePostForm:
    levels = content["levels"]
    columns = [levels[group] for group in ("senior_full", "senior_associate", "intermediate")]
    lent = [
        f"{PostGroup(group).label}{words}{levels[group][name]}个"
        for group in levels
        for name, words in (("pooled", "统筹"), ("extra", "退出换进"))
        if levels[group][name]
    ]
    return IntermediatePostForm(
        title=content["title"],
        employer=content["employer"],
        levels=tuple(
            LevelRow(words, *(column[name] for column in columns), note="；".join(lent) if last else "")
            for words, name, last in (
                ("核准数", "approved", False),
                ("实聘数", "filled", False),
                ("空缺数", "vacancy", True),
            )
        ),
        opened_posts=content["opened"],
        agreed_for_review=content["review"],
        agreed_for_initial=content["initial"],
        posts_used=content["used"],
        people=tuple(
            PromotedPerson(each["name"], each["id_number"], each["current_title"], each["wanted_grade"])
            for each in content["people"]
        ),
        explanation=form.explanation,
        signer=form.unit_signer,
        day=beijing_day(form.filled_at),
        endorsements=tuple(_endorsements(form)),
    )


def _establishment(form: PostForm, content: Mapping[str, Any]) -> EstablishmentPostForm:
    rows = (
        ("核准比例", "ratio"),
        ("核准人数", "approved"),
        ("按比例和实聘数计算的应聘人数", "by_ratio"),
        ("实聘人数", "filled"),
        ("空缺情况", "vacancy"),
    )
    return EstablishmentPostForm(
        title=content["title"],
        employer=content["employer"],
        establishment=content["establishment"],
        posts=content["posts"],
        employed=sum(each["filled"] for each in content["levels"].values()),
        levels=tuple(EstablishmentRow(words, *_cells(content["levels"], name)) for words, name in rows),
        opened_posts=content["opened_words"],
        appointed_directly=content["direct"],
        recommended=content["review"],
        people=tuple(
            RecommendedPerson(
                each["name"],
                each["id_number"],
                each["current_title"],
                each["appointed_title"],
                date.fromisoformat(each["appointed_on"]) if each["appointed_on"] else None,
                each["current_grade"],
                each["wanted_title"],
            )
            for each in content["people"]
        ),
        opinion=Opinion(
            "主管部门或人力社保部门意见",
            "；".join([*filter(None, [form.opinion]), *_pooled_words(form)]),
            person=form.signer,
            seal=f"{form.ledger.authority.name} 电子签章" if form.sealed_at else "盖章",
            day=beijing_day(form.sealed_at) if form.sealed_at else None,
        ),
    )


def _cells(levels: Mapping[str, Mapping[str, Any]], name: str) -> list[str]:
    """The cells of a row and their sum; a vacancy also shows the figure by ratio where it differs (C-63)."""
    values = [levels[group.value][name] for group in PostGroup]
    if name == "ratio":
        return [f"{value}%" for value in values] + [f"{sum(float(value) for value in values):g}%"]
    total = str(sum(values))
    if name != "vacancy":
        return [*map(str, values), total]
    by_number = [levels[group.value]["by_ratio"] - levels[group.value]["filled"] for group in PostGroup]
    return [
        str(value) if value == other else f"{value}（按比例 {other}）"
        for value, other in zip(values, by_number, strict=True)
    ] + [total]


def _endorsements(form: PostForm) -> list[str]:
    found = _pooled_words(form)
    if form.sealed_at:
        day: datetime = form.sealed_at
        found.append(
            f"岗位管理部门确认：{form.opinion}　{form.ledger.authority.name}（电子签章）　"
            f"签署人：{form.signer}　{beijing_day(day):%Y-%m-%d}"
        )
    return found


def _pooled_words(form: PostForm) -> list[str]:
    body = form.ledger.pooling_authority
    if not form.pooling_signer or body is None:
        return []
    return [f"统筹岗位：{body.name}业务处室负责人 {form.pooling_signer} 已签署"]
