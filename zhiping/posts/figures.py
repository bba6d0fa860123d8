"""The arithmetic of posts: figures of a ledger as plain values, what is wrong with them, and what an exchange gives. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhiping.kernel.errors import Refused
from zhiping.posts.states import PostGroup

WHOLE = Decimal(100)
EXPLAINED = 10  # characters; 退三进二，退二进一等情况，也应说明


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """What the institution reports for one level."""

    group: str
    ratio: Decimal
    approved: int
    filled: int


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """编制数, 专业技术岗位总数, and every level."""

    establishment: int
    posts: int
    levels: tuple[LevelFigures, ...]

    def as_dict(self) -> dict[str, Any]:
        """As a change keeps it."""
        return {
            "establishment": self.establishment,
            "posts": self.posts,
            "levels": {
                each.group: {"ratio": str(each.ratio), "approved": each.approved, "filled": each.filled}
                for each in self.levels
            },
        }


@dataclass(frozen=True, slots=True)
class ExchangeRule:
    """退三进二 and its like, as a pack states it: of `leave` posts that fall free, `enter` may be filled again."""

    key: str
    name: str
    leave: int
    enter: int
    text: str
    cite: str

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("key", "name", "leave", "enter", "text", "cite")}


def refuse_wrong_figures(figures: LedgerFigures) -> None:
    """Figures must agree with each other (domain §10.2): posts within establishment, levels within posts and ratio."""
    if figures.posts > figures.establishment:
        raise Refused(
            f"专业技术岗位总数 {figures.posts} 超过编制数 {figures.establishment}，请核对。", field="posts"
        )
    if sum(each.ratio for each in figures.levels) > WHOLE:
        raise Refused("各等级核准比例相加超过 100%，请核对。", field="ratio")
    approved = sum(each.approved for each in figures.levels)
    if approved > figures.posts:
        raise Refused(
            f"各等级核准数合计 {approved} 超过专业技术岗位总数 {figures.posts}，请核对。", field="approved"
        )
    for each in figures.levels:
        most = by_ratio(each.ratio, figures.posts, up=True)
        if each.ratio and each.approved > most:
            raise Refused(
                f"{PostGroup(each.group).label}核准数 {each.approved} 超过按核准比例 {plain(each.ratio)}% "
                f"计算的 {most} 个，请核对。",
                field="approved",
            )


def by_ratio(ratio: Decimal, people: int, *, up: bool = False) -> int:
    """How many of `people` a ratio in per cent gives: whole posts only.

    >>> by_ratio(Decimal("40"), 30), by_ratio(Decimal("33.3"), 10), by_ratio(Decimal("33.3"), 10, up=True)
    (12, 3, 4)
    """
    exact = ratio * people / WHOLE
    whole = int(exact)
    return whole + 1 if up and exact != whole else whole


def exchanged(rule: ExchangeRule, left: int) -> int:
    """How many may enter when `left` people left; only whole turns count.

    >>> three = ExchangeRule("three_for_two", "退三进二", 3, 2, "", "")
    >>> exchanged(three, 3), exchanged(three, 5), exchanged(three, 6)
    (2, 2, 4)
    """
    return left // rule.leave * rule.enter


def refuse_wrong_exchange(rule: ExchangeRule, left: int, filled: int, explanation: str) -> None:
    """Whole turns, no more leavers than people, and an explanation (R-221)."""
    if len(explanation.strip()) < EXPLAINED:
        raise Refused(f"请说明{rule.name}的情况：谁退出、为什么，不少于 {EXPLAINED} 个字。", field="reason")
    if left < rule.leave or left % rule.leave:
        raise Refused(
            f"{rule.name}按每退出 {rule.leave} 个、进 {rule.enter} 个计算，退出人数应是 {rule.leave} 的倍数。",
            field="left",
        )
    if left > filled:
        raise Refused(f"退出 {left} 人超过该等级实聘数 {filled}，请核对。", field="left")


def plain(number: Decimal) -> str:
    """A ratio without idle zeros.

    >>> plain(Decimal("40.00")), plain(Decimal("33.30"))
    ('40', '33.3')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rule_of(raw: Mapping[str, Any], cite: str = "") -> ExchangeRule:
    """A rule as a pack or a change keeps it."""
    return ExchangeRule(
        key=str(raw.get("key") or raw["id"]) if raw.get("key") or raw.get("id") else "",
        name=str(raw["name"]),
        leave=int(raw["leave"]),
        enter=int(raw["enter"]),
        text=str(raw.get("text") or ""),
        cite=str(raw.get("cite") or cite),
    )


def totals(levels: Sequence[Any], *names: str) -> dict[str, int]:
    """Sums over the levels, for the last column."""
    return {name: sum(getattr(each, name) for each in levels) for name in names}
