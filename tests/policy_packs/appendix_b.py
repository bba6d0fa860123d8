"""The scoring standard of 浙经信消费〔2022〕35号 附件2 computed by hand from its table (requirements Appendix B), not from the pack.

Each function reads one row of the printed table; `total` applies the caps of note 6. Used to check the engine.
"""

import datetime as dt

CUTOFF = dt.date(2021, 12, 31)
FIVE_YEARS_AGO = dt.date(2017, 1, 1)
LEVELS = {"national": 4, "provincial": 3, "municipal": 2, "county": 1, "unit": 0}
TWO_MUSEUMS = {"national_first": 5, "national_craft": 5, "national_second": 3}
CONTESTS = (
    "中国工艺美术博览会",
    "中国工艺美术大师作品暨手工艺术精品博览会",
    "中国（浙江）工艺美术精品博览会",
)


def highest_of_each(points, key):
    """Points per name, the highest once."""
    best = {}
    for claim, value in points:
        best[claim[key]] = max(best.get(claim[key], 0), value)
    return sum(best.values())


def training(claims):
    total = 0
    for c in claims:
        doubtful = c["organiser"] == "other" or (c["kind"], c["organiser"]) in (
            ("vocational", "school"),
            ("youth_public", "enterprise"),
        )
        if c["participants"] >= 20 and not c["is_university"] and not doubtful:
            total += 2 if c["kind"] == "vocational" else 1
    return min(10, total)


def honours(claims, *, unit_each=True):
    named, unit = [], []
    for c in claims:
        if c["honour"] in ("advanced_worker", "party_member"):
            named.append(
                (c, {"national": 10, "provincial": 8, "municipal": 5, "county": 3, "unit": 0}[c["level"]])
            )
        elif c["date"] >= FIVE_YEARS_AGO:
            unit.append((c, 2))
    best = {}
    for c, value in named + unit:
        best[c["name"]] = max(best.get(c["name"], (0, False)), (value, value == 2))
    from_unit = [value for value, is_unit in best.values() if is_unit]
    others = sum(value for value, is_unit in best.values() if not is_unit)
    return min(10, others + (sum(from_unit) if unit_each else min(2, sum(from_unit))))


def education(claims):
    worth = {"doctor": 10, "master": 6, "bachelor": 4, "second_bachelor": 4}
    counted = [c for c in claims if c["origin"] == "domestic" or c["overseas_certified"]]
    return max((worth.get(c["level"], 0) for c in counted), default=0)


def craft_years(claims):
    """Periods of whole months, so that months can be counted as a set."""
    months = set()
    for c in claims:
        last = c["to"]
        months |= set(range(c["from"].year * 12 + c["from"].month, last.year * 12 + last.month + 1))
    years = len(months) // 12
    return 10 if years >= 20 else 6 if years >= 10 else 3 if years >= 5 else 0


def exhibitions(claims):
    return min(10, sum(TWO_MUSEUMS.get(c["venue_class"], 0) for c in claims if c["is_solo"]))


def collections(claims):
    mine = [(c, TWO_MUSEUMS.get(c["collector_class"], 0)) for c in claims if c["role"] == "lead"]
    return min(10, highest_of_each(mine, "work"))


def contests(claims):
    worth = {"grand": 5, "gold": 5, "silver": 3, "bronze": 2, "other": 0}
    counted = [
        (c, worth[c["prize"]])
        for c in claims
        if LEVELS[c["level"]] >= LEVELS["provincial"] and (c["event"] in CONTESTS or c["is_recognised"])
    ]
    return min(30, highest_of_each(counted, "work"))


def state_events(claims):
    return min(10, 2 * sum(c["role"] == "lead" for c in claims))


def science_awards(claims):
    total = 0
    for c in claims:
        if LEVELS[c["level"]] >= LEVELS["provincial"]:
            total += 30
        elif c["level"] == "municipal":
            total += {1: 20, 2: 15, 3: 10}.get(c["grade"], 0)
    return min(30, total)


def research(claims):
    done = []
    for c in claims:
        if c["completed"]:
            provincial, lead = LEVELS[c["level"]] >= LEVELS["provincial"], c["role"] == "lead"
            worth = (
                (20 if lead else 10)
                if provincial
                else (10 if lead else 5)
                if c["level"] == "municipal"
                else 0
            )
            done.append((c, worth))
    return min(30, highest_of_each(done, "name"))


def standards(claims):
    counted = []
    for c in claims:
        if c["role"] == "participate":
            continue
        counted.append((c, 20 if c["level"] != "group" or c["role"] == "lead" else 10))
    return highest_of_each(counted, "name")


def books(claims):
    worth = {
        ("government", True): 10,
        ("government", False): 5,
        ("professional", True): 5,
        ("professional", False): 3,
    }
    published = [(c, worth[c["kind"], c["role"] == "lead"]) for c in claims if c.get("isbn")]
    return min(10, highest_of_each(published, "title"))


def papers(claims):
    return min(
        10,
        highest_of_each(
            [(c, 2) for c in claims if c["author_role"] == "first" and c["is_professional"]], "title"
        ),
    )


def patents(claims):
    worth = {"invention": 10, "utility": 5, "design": 1}
    return min(
        20, highest_of_each([(c, worth[c["kind"]]) for c in claims if c["status"] == "granted"], "number")
    )


def apprentices(claims):
    worth = {"municipal_master": 3, "intermediate": 3, "county_master": 2, "assistant": 2}
    return min(10, highest_of_each([(c, worth[c["achieved"]]) for c in claims], "name"))


def heritage(claims):
    return min(20, highest_of_each([(c, 20 if c["role"] == "lead" else 10) for c in claims], "technique"))


def bonus(row):
    worth = {"bonus_1": 20, "bonus_2": 10, "bonus_3": 5}[row]
    return lambda claims: worth * len({c["honour"] for c in claims})


def skill_contests(claims):
    total = 0
    for c in claims:
        if c["rank"] <= 3 or c["prize"] in ("gold", "silver", "bronze"):
            total += {"n": 10, "p": 6, "m": 3}.get(c["contest_class"][0], 0)
    return total


def studios(claims):
    return sum(
        {"national": 10, "provincial": 6, "municipal": 3}.get(c["level"], 0) for c in claims if c["is_lead"]
    )


def association(levels, worth):
    def points(claims):
        now = [
            (c, worth.get(c["post"], 0))
            for c in claims
            if c["level"] in levels and c.get("to", CUTOFF) >= CUTOFF
        ]
        return highest_of_each(now, "level")

    return points


DATED = {
    "training", "honours", "exhibitions", "collections", "contests", "state_events", "science_awards", "research",
    "standards", "books", "papers", "patents", "apprentices", "heritage",
}  # fmt: skip
SECOND = [
    (10, {"training": training, "honours": honours}),
    (10, {"education_level": education, "craft_years": craft_years}),
    (20, {"exhibitions": exhibitions, "collections": collections}),
    (
        30,
        {
            "contests": contests,
            "state_events": state_events,
            "science_awards": science_awards,
            "research": research,
        },
    ),
    (20, {"standards": standards, "books": books, "papers": papers, "patents": patents}),
    (20, {"apprentices": apprentices, "heritage": heritage}),
]
BONUS = {
    "bonus_1": bonus("bonus_1"), "bonus_2": bonus("bonus_2"), "bonus_3": bonus("bonus_3"),
    "bonus_4": skill_contests, "bonus_5": studios,
    "bonus_6": association(("national", "provincial"), {"president": 3, "vice_president": 2, "secretary_general": 2}),
    "bonus_7": association(("municipal", "county"), {"president": 2, "vice_president": 1, "secretary_general": 1}),
}  # fmt: skip


def total(claims, *, title_on, post_on):
    """The total of a list of claims: notes 4 and 5, clause (八), caps of row, second level, first level."""

    def of(row):
        mine = [c for c in claims if c["row"] == row]
        if row not in DATED:
            return mine
        return [
            c for c in mine if c["date"] >= title_on and (c["date"] >= post_on or c["date"] >= FIVE_YEARS_AGO)
        ]

    seconds = [min(cap, sum(points(of(row)) for row, points in rows.items())) for cap, rows in SECOND]
    basic, work = min(20, sum(seconds[:2])), min(90, sum(seconds[2:]))
    return basic + work + min(20, sum(points(of(row)) for row, points in BONUS.items()))
