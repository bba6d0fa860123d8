"""The manuals' Markdown: everything escaped, only known shapes become elements."""

import re

import pytest

from zhiping.web.markdown import render, site_path, title_of


def made(text: str) -> str:
    return render(text, site_path)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# 一\n\n## 二\n### 三", "<h1>一</h1>\n<h2>二</h2>\n<h3>三</h3>"),
        ("第一行\n第二行", "<p>第一行第二行</p>"),
        ("one\ntwo", "<p>one two</p>"),
        ("- 甲\n- 乙", '<ul class="dot"><li>甲</li><li>乙</li></ul>'),
        ("1. 甲\n2. 乙", '<ol class="num"><li>甲</li><li>乙</li></ol>'),
        ("1. 甲\n   接着\n   - 乙", '<ol class="num"><li>甲接着<ul class="dot"><li>乙</li></ul></li></ol>'),
        (
            "**要紧** `a<b` [计划](/plans/)",
            '<p><strong>要紧</strong> <code>a&lt;b</code> <a href="/plans/">计划</a></p>',
        ),
        ("```sh\nbin/demo <x>\n```", "<pre><code>bin/demo &lt;x&gt;</code></pre>"),
        ("> 说明", '<div class="note note-info"><p>说明</p></div>'),
        (
            "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
            (
                '<table class="dt cards"><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead>'
                '<tbody><tr><td data-l="甲">1</td><td data-l="乙">2</td></tr></tbody></table>'
            ),
        ),
    ],
)
def test_a_shape_becomes_its_element(text, html):
    assert made(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "# <img src=x onerror=alert(1)>",
        "- <b>",
        "| <i> |\n|---|\n| <u onclick=x> |",
        '| "><script> | b |\n|---|---|\n| 1 | 2 |',
        "**<b>** [<i>](/plans/) `<u>`",
        "```\n</code></pre><script>\n```",
    ],
)
def test_markup_in_the_text_stays_text(text):
    allowed = {
        "p",
        "h1",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "a",
        "code",
        "pre",
    }
    assert set(re.findall(r"<([a-zA-Z]\w*)", made(text))) <= allowed


@pytest.mark.parametrize(
    "target",
    ["javascript:alert`1`", "//elsewhere/", "https://elsewhere/", 'x"onclick', "/a?b=c", "data:text/html,x"],
)
def test_a_link_out_of_the_site_stays_text(target):
    assert made(f"[看]({target})") == "<p>看</p>"


def test_the_title_is_the_first_heading():
    assert title_of("说明\n# 申报人手册\n# 第二个") == "申报人手册"
