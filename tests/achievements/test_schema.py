"""The archive's categories say the same as the packs' facts, word for word (docs/vocabulary.md, R-046)."""

import pytest
from ruamel.yaml import YAML

from config.environment import ROOT
from zhiping.achievements.schema import categories, groups, profile_fields, profile_groups

SHARED = YAML(typ="safe", pure=True).load(ROOT / "policy_packs" / "_shared" / "facts.yaml")
LISTS = {name: fact for name, fact in SHARED["facts"].items() if fact["type"] == "list"}
NOT_ENTERED = {("education", "verified_online")}  # comes only from the online register, never typed


def allowed(fact: dict) -> set[str]:
    return set(fact.get("values", SHARED["scales"].get(fact.get("scale"), ())))


def test_every_record_fact_is_a_category_and_every_category_a_fact():
    assert set(categories()) == set(LISTS)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_fields_types_and_choices_agree(name):
    mine = {field.name: (field.type, set(field.choices)) for field in categories()[name].fields.values()}
    theirs = {
        key: (fact["type"], allowed(fact))
        for key, fact in LISTS[name]["fields"].items()
        if (name, key) not in NOT_ENTERED
    }

    assert mine == theirs


@pytest.mark.parametrize("name", sorted(LISTS))
def test_what_a_fact_requires_the_form_requires(name):
    must = {key for key, fact in LISTS[name]["fields"].items() if not fact.get("optional")}

    assert must <= {field.name for field in categories()[name].fields.values() if not field.optional}


def test_profile_answers_speak_the_vocabulary():
    for name, field in profile_fields().items():
        if name in SHARED["facts"]:
            fact = SHARED["facts"][name]
            assert field.type == fact["type"], name
            assert set(field.choices) <= allowed(fact), name


def test_every_category_and_question_has_its_place_once():
    placed = [key for group in groups() for key in group.members]
    asked = [name for group in profile_groups() for name in group.members]

    assert sorted(placed) == sorted(categories())
    assert sorted(asked) == sorted(profile_fields())


def test_titles_days_conditions_and_pairs_name_fields_that_exist():
    for category in categories().values():
        assert category.day in category.fields
        category.title.format_map(dict.fromkeys(category.fields, "x"))
        assert category.evidence
        for part in category.evidence:
            assert part.rule.startswith("R-")
            for name, values in part.when.items():
                assert set(values) <= set(category.fields[name].choices)
        for field in category.fields.values():
            assert not field.not_before or category.fields[field.not_before].type == "date"
