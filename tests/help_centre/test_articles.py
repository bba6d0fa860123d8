"""The knowledge base is found by words, rare characters included (R-022, R-034)."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from zhiping.help_centre.article import Article, articles_in, search

ARTICLES = articles_in(Path(settings.HELP))
RARE = Article("rare", "姓名里有生僻字", "例如𠮷、䶮")
PLAIN = Article("plain", "上传材料", "PDF 和图片")


def slugs(text):
    return [each.slug for each in search(ARTICLES, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("密码", "sign-in"),
        ("忘了密码", "sign-in"),
        ("单位 搜索", "employer-not-found"),
        ("𠮷", "rare-characters"),
        ("䶮", "rare-characters"),
        ("ＰＤＦ 上传", "upload"),
        ("发票", "fees"),
        ("收不到短信怎么办", "no-sms"),
    ],
)
def test_an_article_is_found_by_its_words(text, first):
    assert slugs(text)[0] == first


def test_every_word_must_be_there_and_nothing_finds_nothing():
    assert search([RARE, PLAIN], "生僻 图片") == []
    assert search([RARE, PLAIN], "𠮸") == []
    assert len(search(ARTICLES, "  ")) == len(ARTICLES) >= 8


def test_the_title_counts_most():
    about, aside = Article("b", "学时", "台账"), Article("a", "缴费", "与学时无关，学时另见")

    assert [each.slug for each in search([aside, about], "学时")] == ["b", "a"]


@given(st.text(max_size=80))
def test_any_search_ends_with_articles_that_are_there(text):
    assert set(slugs(text)) <= {each.slug for each in ARTICLES}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda each: each.slug)
def test_every_article_has_a_title_and_says_something(article):
    assert article.text.startswith(f"# {article.title}\n")
    assert len(article.text) > 60
