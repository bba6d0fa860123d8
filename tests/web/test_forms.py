"""Forms: every error beside its field and in the summary, in a sentence; what was typed stays."""

import ast
import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines

import zhiping
from tests.factories import people
from zhiping.identity.models import Person
from zhiping.kernel.errors import Refused
from zhiping.web.answers import form_page
from zhiping.web.forms import PlatformForm


class Paper(PlatformForm):
    title = forms.CharField(label="论文题目", help_text="与期刊上印的一致。")
    published_on = forms.DateField(label="发表日期")
    pages = forms.IntegerField(label="页数", required=False)
    author = forms.ChoiceField(label="署名", choices=[("1", "第一作者")], widget=forms.RadioSelect)
    scan = forms.FileField(label="扫描件")
    sure = forms.BooleanField(label="我已核对")


def shown(form: forms.Form) -> str:
    return engines["django"].from_string("{{ form }}").render({"form": form})


def test_each_kind_of_error_is_a_sentence_that_names_its_field():
    form = Paper({"published_on": "去年", "pages": "三页", "author": "9"})

    assert form.errors == {
        "title": ["请填写论文题目。"],
        "published_on": ["发表日期不是一个日期。请写成 2026-03-09 这样。"],
        "pages": ["页数要填数字，不带单位和标点。"],
        "author": ["“署名”里没有这一项，请从列出的里面选。"],
        "scan": ["请选择扫描件的文件。"],
        "sure": ["请先勾选“我已核对”。"],
    }


def test_own_sentences_of_a_form_are_kept():
    class Own(PlatformForm):
        title = forms.CharField(label="题目", error_messages={"required": "没有题目，名单上无法显示。"})

    assert Own({}).errors == {"title": ["没有题目，名单上无法显示。"]}


def test_an_error_stands_beside_its_field_and_in_the_summary_with_a_link():
    page = shown(Paper({"title": "龙泉青瓷<b>", "published_on": "去年"}))

    assert '<a href="#id_published_on">发表日期不是一个日期。请写成 2026-03-09 这样。</a>' in page
    assert '<p class="err" id="id_published_on_error">' in page
    control = re.search(r'<input [^>]*name="published_on"[^>]*>', page).group()
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_published_on_error"' in control
    assert 'value="龙泉青瓷&lt;b&gt;"' in page


def test_each_link_of_the_summary_leads_to_something():
    page = shown(Paper({}))

    for target in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{target}"' in page


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    page = shown(Paper({}))

    assert re.search(r'<fieldset class="field has-err" id="id_author"[^>]*><legend>署名</legend>', page)


def test_a_hint_is_tied_to_its_control():
    page = shown(Paper())

    assert '<p class="hint" id="id_title_helptext">与期刊上印的一致。</p>' in page
    assert (
        'aria-describedby="id_title_helptext"' in re.search(r'<input [^>]*name="title"[^>]*>', page).group()
    )
    assert "errsum" not in page


def test_optional_fields_say_so_and_required_ones_do_not():
    page = shown(Paper())

    assert page.count("（可不填）") == 1
    assert '<label for="id_pages">页数 <span class="opt">（可不填）</span></label>' in page


def test_a_date_is_shown_again_as_the_browser_wants_it():
    page = shown(Paper({"published_on": "2026-03-09"}))

    control = re.search(r'<input [^>]*name="published_on"[^>]*>', page).group()
    assert 'type="date"' in control
    assert 'value="2026-03-09"' in control


@pytest.mark.parametrize(("field", "place"), [("title", "title"), ("nowhere", "__all__"), (None, "__all__")])
def test_a_refusal_is_shown_at_its_field_or_above_the_form(field, place):
    form = Paper({"title": "甲"})

    form.add_refusal(Refused("这篇论文已经登记过。", field=field))

    assert "这篇论文已经登记过。" in form.errors[place]
    assert "这篇论文已经登记过。" in shown(form)


@pytest.mark.django_db
def test_what_was_done_before_a_refusal_is_undone_and_the_form_says_why():
    form = Paper({"title": "甲"})

    with form.showing_refusals():
        people.make_person()
        raise Refused("这篇论文已经登记过。", field="title")

    assert "这篇论文已经登记过。" in form.errors["title"]
    assert not Person.objects.exists()


def test_a_form_page_answers_422_only_when_something_sent_was_refused(rf, monkeypatch):
    """Scripts, tests and assistive software see a refusal by its status too."""

    class Asked(PlatformForm):
        name = forms.CharField(label="名称")

    monkeypatch.setattr("zhiping.web.answers.render", lambda r, t, c, status: status)
    sent, looked = rf.post("/"), rf.get("/")

    assert form_page(sent, "x", {"form": Asked({"name": ""}), "n": 1}) == 422
    assert form_page(sent, "x", {"form": Asked({"name": "甲"}), "other": Asked()}) == 200
    assert form_page(looked, "x", {"form": Asked({"name": ""})}) == 200


def test_no_view_decides_the_status_of_a_refused_form_by_itself():
    """One place says it: `web.answers.form_page`. Forms that are no Django forms say 422 themselves."""
    root = Path(zhiping.__file__).parent / "portals"
    found = [
        f"{path.relative_to(root)}: {call}" for path in root.rglob("*.py") for call in bare_form_pages(path)
    ]
    assert found == []


def bare_form_pages(path):
    """Functions that render a Django form of a POST by `render` without a status."""
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        text = ast.unparse(function)
        if "request.POST or None" not in text and "Form(request.POST" not in text:
            continue
        for call in ast.walk(function):
            plain = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "render"
            if plain and not any(k.arg == "status" for k in call.keywords) and "orm" in ast.unparse(call):
                yield function.name
