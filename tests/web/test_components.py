"""Components: declared props only, slots where they belong, each one shown in the catalogue."""

import time

import pytest
from django.apps import apps
from django.core.paginator import Paginator
from django.template import Context, RequestContext, TemplateSyntaxError, engines

from zhiping.web.components import ComponentNode, all_declarations, declaration
from zhiping.web.tags import FAMILIES, family_of, is_known


def render(source: str, **values: object) -> str:
    return engines["django"].from_string(source).render(values)


def test_an_unknown_prop_fails_at_compile_time():
    with pytest.raises(TemplateSyntaxError, match=r"unknown \['colour'\]"):
        render('{% component "tag" label="草稿" colour="red" %}')


def test_a_missing_prop_fails_at_compile_time():
    with pytest.raises(TemplateSyntaxError, match=r"missing \['label'\]"):
        render('{% component "tag" %}')


def test_a_value_outside_the_choices_fails():
    with pytest.raises(TemplateSyntaxError, match="family='pink' is none of"):
        render('{% component "tag" label="草稿" family="pink" %}')


def test_an_unknown_component_fails():
    with pytest.raises(TemplateSyntaxError, match="there is no component 'carousel'"):
        render('{% component "carousel" %}')


def test_a_name_is_never_a_path():
    with pytest.raises(TemplateSyntaxError, match="there is no component"):
        render('{% component "../base" %}')


def test_a_slot_that_is_not_declared_fails():
    with pytest.raises(TemplateSyntaxError, match=r"no slot \['footer'\]"):
        render('{% component "note" %}{% slot "footer" %}x{% endslot %}{% endcomponent %}')


def test_a_slot_outside_a_component_fails():
    with pytest.raises(TemplateSyntaxError, match="must stand directly inside"):
        render('{% slot "actions" %}x{% endslot %}')


def test_the_slot_sees_the_page_and_the_component_does_not():
    shown = render('{% component "note" %}{{ word }}{% endcomponent %}', word="公示", title="不该出现")

    assert "公示" in shown
    assert "不该出现" not in shown


def test_values_are_escaped():
    assert "&lt;b&gt;" in render('{% component "tag" label=word %}', word="<b>")


@pytest.mark.django_db
def test_the_catalogue_shows_every_component_in_every_variant(client, monkeypatch):
    seen: set[tuple[str, str, str]] = set()
    check = ComponentNode._checked

    def noting(node: ComponentNode, name: str, value: object) -> object:
        if node.spec.props[name].choices:
            seen.add((node.spec.name, name, str(value)))
        return check(node, name, value)

    render_component = ComponentNode.render

    def rendering(node: ComponentNode, context: Context) -> str:
        seen.update(
            (node.spec.name, name, prop.default)
            for name, prop in node.spec.props.items()
            if name not in node.given
        )
        seen.add((node.spec.name, "", ""))
        return render_component(node, context)

    monkeypatch.setattr(ComponentNode, "_checked", noting)
    monkeypatch.setattr(ComponentNode, "render", rendering)
    client.get("/demo/components/")

    wanted = {(each.name, "", "") for each in all_declarations()} | {
        (each.name, prop.name, choice)
        for each in all_declarations()
        for prop in each.props.values()
        for choice in prop.choices
    }
    reloading = ("busy", "refresh", "2")  # would reload the catalogue under the reader's hands
    assert wanted - seen == {reloading}


@pytest.mark.django_db
def test_the_catalogue_shows_no_undefined_variable(client):
    response = client.get("/demo/components/")

    assert response.status_code == 200
    assert "«undefined" not in response.content.decode()


def test_a_state_has_one_colour_family():
    labels = [label for family in FAMILIES.values() for label in family]

    assert len(labels) == len(set(labels))
    assert family_of("退回修改") == "warn"
    assert family_of("审核不通过") == "err"
    assert family_of("没见过的词") == "neutral"


def test_every_state_of_every_context_has_its_colour():
    labels = {
        str(label)
        for model in apps.get_models()
        if model.__module__.startswith("zhiping")
        for field in model._meta.fields
        if field.name == "state" and field.choices
        for _, label in field.choices
    }

    assert len(labels) > 40
    assert sorted(label for label in labels if not is_known(label)) == []


def test_a_list_of_tags_is_cheap():
    template = engines["django"].from_string(
        '{% for row in rows %}{% component "tag" label=row %}{% endfor %}'
    )
    rows = ["草稿"] * 200
    template.render({"rows": rows})
    began = time.perf_counter()
    template.render({"rows": rows})

    assert time.perf_counter() - began < 0.1  # 200 in a tenth of a second: far above what is measured (2 ms)


def test_a_head_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("zhiping.web.components.FOLDER", tmp_path)
    (tmp_path / "odd.html").write_text("{% comment %}\nOdd.\nproperty title\n{% endcomment %}\n")
    (tmp_path / "bare.html").write_text("<p></p>")

    with pytest.raises(TemplateSyntaxError, match="cannot read the line 'property title'"):
        declaration("odd")
    with pytest.raises(TemplateSyntaxError, match="the head comment is missing"):
        declaration("bare")


def test_the_pager_keeps_the_filters(rf):
    request = rf.get("/list/", {"q": "青瓷", "page": "2"})
    template = engines["django"].engine.from_string('{% component "pager" page=page %}')

    shown = template.render(RequestContext(request, {"page": Paginator(range(45), 20).page(2)}))

    assert "?q=%E9%9D%92%E7%93%B7&amp;page=1" in shown
    assert "?q=%E9%9D%92%E7%93%B7&amp;page=3" in shown
