"""All templates: nothing that the content security policy forbids, correct punctuation, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from zhiping.web.templatetags.zhiping import sentence

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "zhiping").rglob("templates/**/*.html"))
HTML = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in TEMPLATES}
INLINE = re.compile(
    r"""<style|\sstyle\s*=\s*["'{]|\son[a-z]+\s*=\s*["'{]|javascript:|<script(?![^>]*\ssrc=)|\shx-on""", re.I
)
OUTSIDE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.I)
HAN = "[\u3400-\u9fff\U00020000-\U000323af]"
HALF_WIDTH = re.compile(rf"{HAN}[,:;!?()]|[,;!?()]{HAN}")
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.S)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)


def found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [text[max(hit.start() - 15, 0) : hit.end() + 15] for hit in pattern.finditer(text)]


def test_there_are_templates_to_look_at():
    assert len(HTML) > 40


@pytest.mark.parametrize("name", HTML)
def test_no_inline_script_style_or_handler(name):
    assert found(INLINE, TAG.sub("", COMMENT.sub("", HTML[name]))) == []


@pytest.mark.parametrize("name", HTML)
def test_nothing_is_fetched_from_elsewhere(name):
    assert found(OUTSIDE, HTML[name]) == []


@pytest.mark.parametrize("name", HTML)
def test_chinese_has_full_width_punctuation(name):
    """ui.md §3: half-width , : ; ( ) next to a Chinese character fails; template syntax itself is left out."""
    text = COMMENT.sub("", HTML[name])
    quoted = " ".join(re.findall(r'"([^"]*)"', " ".join(TAG.findall(text))))
    prose = TAG.sub("", text)

    assert found(HALF_WIDTH, prose) + found(HALF_WIDTH, quoted) == []


@pytest.mark.parametrize("name", HTML)
def test_post_forms_carry_their_token(name):
    for form in re.findall(r'<form[^>]*method="post".*?</form>', HTML[name], re.S):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize(
    ("bad", "pattern"),
    [
        ('<p style="color:red">', INLINE),
        ('<a onclick="x()">', INLINE),
        ("<script>x()</script>", INLINE),
        ('<script src="//cdn.example/x.js">', OUTSIDE),
        ("截止日期:明天", HALF_WIDTH),
        ("审核(第一步)", HALF_WIDTH),
    ],
)
def test_the_patterns_see_what_they_look_for(bad, pattern):
    assert found(pattern, bad)


def test_the_style_sheet_is_within_its_budget():
    css = (ROOT / "zhiping/web/static/zhiping/zhiping.css").read_bytes()

    assert len(css) <= 45 * 1024
    assert b"http" not in css.replace(b"http://www.w3.org/2000/svg", b"")


def test_the_script_is_within_its_budget():
    scripts = {
        path.name: len(path.read_bytes()) for path in (ROOT / "zhiping/web/static/zhiping").glob("*.js")
    }
    assert scripts["zhiping.js"] <= 15 * 1024
    assert max(size for name, size in scripts.items() if name != "zhiping.js") <= 5 * 1024  # one more a page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("缺盖章页", "缺盖章页。"),
        ("缺盖章页。", "缺盖章页。"),
        ("缺盖章页。。 ", "缺盖章页。"),
        ("为什么？", "为什么？"),
        ("", ""),
    ],
)
def test_what_a_person_typed_ends_with_one_full_stop(typed, told):
    assert sentence(typed) == told
