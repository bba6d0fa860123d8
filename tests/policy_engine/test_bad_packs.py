"""Every bad pack is refused with the line and the remedy that its own comment `# ✗ …` announces (issue: bad input)."""

import re
from pathlib import Path

import pytest

from tests.policy_engine.packs import BAD, EXAMPLE, SMALL
from zhiping.policy_engine import PackError, lint, load_pack, load_pack_text

PACKS = sorted(path.parent.name for path in BAD.glob("*/pack.yaml") if not path.parent.is_symlink())


@pytest.mark.parametrize("name", PACKS)
def test_bad_pack_is_refused_with_line_and_remedy(name):
    file = BAD / name / "pack.yaml"
    marked = [
        (number, line.split("# ✗ ")[1])
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if "# ✗ " in line
    ]
    (line, said), problems = marked[0], lint(file)

    found = [problem for problem in problems if said in f"{problem.message}——{problem.remedy}"]
    assert found, [str(problem) for problem in problems]
    assert (found[0].file, found[0].line) == (f"{name}/pack.yaml", line)


def test_every_problem_is_told_at_once():
    text = EXAMPLE.joinpath("pack.yaml").read_text()
    whole = load_pack(EXAMPLE).text
    broken = whole.replace('"min_working_days": 5', '"min_working_days": 2').replace(
        '"level": "city"', '"level": "town"'
    )

    with pytest.raises(PackError) as refused:
        load_pack_text(broken)

    assert text
    assert {problem.message[:4] for problem in refused.value.problems} == {"公示 2", "“lev"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件是空的"),
        ("a: [1", "不是合法的 YAML"),
        ("- 1", "最外层应是“键: 值”"),
        ("a: 1\x00", "无法读取"),
        ("[" * 60 + "]" * 60, "嵌套超过 40 层"),
        ("a: " + "x" * 2_000_001, "文件超过"),
        ("a: 0x1F", "不允许的写法“0x1F”"),
        ("use: [x]", "单独的文本不能有 use"),
        ("? {a: 1}\n: 2", "键必须是一个词"),
    ],
)
def test_text_that_is_no_pack_is_refused(text, said):
    with pytest.raises(PackError) as refused:
        load_pack_text(text)

    assert said in str(refused.value)


def test_id_must_be_the_folder_name(tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "pack.yaml").write_text(load_pack(EXAMPLE).text)

    assert [problem.message for problem in lint(folder)] == [
        "id“example-2020-crafts-intermediate”与文件夹名“other”不同"
    ]


def test_folder_without_a_pack_is_refused(tmp_path):
    assert [problem.message for problem in lint(tmp_path / "none")] == ["没有这个文件"]


def test_two_packs_that_extend_each_other_are_refused(tmp_path):
    for name, parent in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"extends: {parent}\n")

    assert "绕成了圈" in lint(tmp_path / "one")[0].message


def test_remedies_are_chinese_sentences():
    for name in PACKS:
        for problem in lint(BAD / name):
            assert re.search(r"[\u4e00-\u9fff]", problem.message + problem.remedy), problem


def test_small_pack_of_the_tests_is_good():
    assert (
        load_pack_text(
            SMALL.format(condition="always: true", parameters="{}", definitions="{}", gates="[]")
        ).id
        == "small"
    )
    assert isinstance(BAD, Path)
