"""Both printed forms fill themselves, are signed and sealed, and agree over the year (R-215…R-227, R-355, R-356)."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.documents.paper import page_texts
from tests.factories.people import make_person, staff_actor
from tests.factories.posts import (
    chosen,
    concluded,
    filled,
    make_authority,
    make_ledger,
    post_officer,
    sealed,
)
from zhiping.documents.signing_keys import trust_roots
from zhiping.documents.verification import verify
from zhiping.jobs.queue import run_due
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.models import Message
from zhiping.posts.models import PostForm
from zhiping.posts.operations import (
    approve_change,
    propose_pooled,
    return_form,
    seal_form,
    sign_pooled_change,
    sign_pooled_form,
)
from zhiping.posts.queries import forms_visible_to, forms_waiting_for, standing_of
from zhiping.posts.states import FormState, FormVariant, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, at, now):
    settings.MEDIA_ROOT = tmp_path / "media"
    at(now)


def bytes_of(kept):
    with kept.open() as opened:
        return opened.read()


def on_paper(form):
    """The text of the PDF and the rows of the sheet as the queue made them."""
    run_due()
    form.refresh_from_db()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(form.xlsx))).get_sheet_by_index(0).to_python()
    return "".join(page_texts(bytes_of(form.pdf))), rows


def test_the_hangzhou_form_fills_itself(now):
    """R-215, R-217, R-218, R-355: grid 3 × 4, vacancies computed, counts and names from the competition."""
    ledger = make_ledger(now)
    first, second = make_person("申报人甲"), make_person("申报人乙")
    told = chosen(person=second, outcome=Outcome.INITIAL)
    concluded(now, ledger, chosen(person=first), told, opened=3)

    text, rows = on_paper(filled(now, ledger))

    assert "新推出3个空缺中级专业技术岗位" in text
    assert "同意1人参加中级评审，1人申报中级初定" in text
    assert "共使用中级岗位2个" in text
    grid = [row[:4] for row in rows if row[0] in ("核准数", "实聘数", "空缺数")]
    assert grid == [["核准数", 2, 10, 16], ["实聘数", 1, 9, 13], ["空缺数", 1, 1, 3]]
    assert [row[:2] for row in rows if row[0] in ("申报人甲", "申报人乙")] == [
        ["申报人甲", first.document_number],
        ["申报人乙", second.document_number],
    ]


def test_the_anji_form_fills_itself_for_every_level(now):
    """R-224, R-225, R-226, R-356, C-63: 5 × 5 grid, sums, both readings of the vacancy, seven columns."""
    ledger = make_ledger(now)
    person = make_person("申报人甲")
    concluded(now, ledger, chosen(person=person), chosen("申报人乙", Outcome.DIRECT), opened=2)
    concluded(now, ledger, chosen("申报人丙", wanted_title="高级工程师"), opened=1, group="senior_associate")

    text, rows = on_paper(filled(now, ledger, FormVariant.ANJI))

    grid = {row[0]: row[1:6] for row in rows if len(row) > 5}
    assert grid["核准人数"] == ["2", "10", "16", "12", "40"]
    assert grid["实聘人数"] == ["1", "9", "13", "7", "30"]
    assert grid["按比例和实聘数计算的应聘人数"] == ["1", "7", "12", "9", "29"]
    assert grid["空缺情况"] == ["1（按比例 0）", "1（按比例 -2）", "3（按比例 -1）", "5（按比例 2）", "10"]
    assert "推出副高级1个、中级2个专业技术岗位" in text
    assert "有1人已具有相应的专业技术职务任职资格" in text
    assert "有2人目前不具有" in text
    listed = next(row for row in rows if row[0] == "申报人甲")
    assert listed == [
        "申报人甲",
        person.document_number,
        "助理工程师",
        "助理工程师",
        "2016-01-01",
        "专业技术十一级",
        "工程师",
    ]


def test_the_post_authority_signs_and_the_file_proves_it(now):
    """R-020, R-215, R-227: sealed, dated, printed anew and digitally signed; nobody is covered before."""
    ledger, told = make_ledger(now), chosen()
    concluded(now, ledger, told, opened=1)
    form = filled(now, ledger)
    asked = {"institution_id": ledger.institution_id, "group": "intermediate", "year": 2026}
    assert standing_of(person_id=told.person.pk, subject_id=1, **asked).form_code == ""

    sealed(now, form)
    text, _ = on_paper(form)

    assert form.state == FormState.SEALED
    assert f"{ledger.authority.name}（电子签章）" in text
    assert "岗位科长乙" in text
    assert verify(bytes_of(form.pdf), trust_roots=trust_roots()).is_genuine
    assert standing_of(person_id=told.person.pk, subject_id=1, **asked).form_code == form.code
    assert standing_of(person_id=make_person().pk, subject_id=1, **asked).form_code == ""
    assert (form.pages, form.needs_riding_seal) == (1, False)


def test_a_longer_list_grows_and_wants_a_riding_seal(now):
    """R-355: rows extend; two pages or more → riding seal."""
    levels = {"intermediate": ("100", 40, 0)}
    ledger = make_ledger(now, levels=levels)
    concluded(now, ledger, *(chosen(f"申报人{n}") for n in range(35)), opened=35)

    form = filled(now, ledger)
    text, rows = on_paper(form)

    assert sum(str(row[0]).startswith("申报人") for row in rows) == 35
    assert "申报人34" in text
    assert form.needs_riding_seal


def test_pooled_posts_want_an_explanation_and_the_pooling_head(now):
    """R-221."""
    ledger, pool = make_ledger(now), make_authority()
    officer, lender = post_officer(ledger.authority), post_officer(pool)
    change = propose_pooled(
        ledger=ledger,
        group="intermediate",
        number=1,
        pooling_authority=pool,
        reason="统筹",
        actor=staff_actor(ledger.institution),
        now=now,
    )
    sign_pooled_change(change=change, signer="科长甲", version=None, actor=lender, now=now)
    approve_change(change=change, opinion="同意", version=None, actor=officer, now=now)
    ledger.refresh_from_db()
    concluded(now, ledger, chosen(), opened=4)
    with pytest.raises(Refused, match="不少于 10 个字"):
        filled(now, ledger)
    form = filled(now, ledger, explanation="使用县域统筹中级岗位一个，已报统筹部门。")
    assert (forms_waiting_for(officer), forms_waiting_for(lender)) == ([], [form])
    common = {"form": form, "version": None, "now": now}

    with pytest.raises(Refused, match="须先由统筹部门"):
        seal_form(signer="乙", opinion="属实", actor=officer, **common)
    sign_pooled_form(signer="科长甲", actor=lender, **common)
    seal_form(signer="乙", opinion="属实", actor=officer, **common)

    assert "业务处室负责人科长甲已签署" in on_paper(form)[0]


def test_the_form_covers_the_whole_year_and_the_later_one_takes_its_place(now):
    """R-223: batch 2 is added to batch 1; one sealed form a year."""
    ledger = make_ledger(now)
    concluded(now, ledger, chosen("申报人甲"), opened=2)
    first = sealed(now, filled(now, ledger))
    concluded(now, ledger, chosen("申报人乙"), opened=1)
    second = sealed(now, filled(now, ledger))
    first.refresh_from_db()

    text, _ = on_paper(second)

    assert (first.state, second.state) == (FormState.REPLACED, FormState.SEALED)
    assert "新推出3个空缺中级专业技术岗位" in text
    assert "申报人甲" in text
    assert "申报人乙" in text
    assert second.code.endswith("-02")


def test_without_a_result_or_while_one_waits_no_form_is_sent(now):
    ledger = make_ledger(now)
    with pytest.raises(Refused, match="还没有确定的竞聘结果"):
        filled(now, ledger)
    concluded(now, ledger, chosen(), opened=1)
    filled(now, ledger)

    with pytest.raises(Refused, match="正等待签章"):
        filled(now, ledger)


def test_a_returned_form_says_why_and_a_new_one_may_be_filled(now):
    ledger = make_ledger(now)
    concluded(now, ledger, chosen(), opened=1)
    form = filled(now, ledger)
    officer = post_officer(ledger.authority)
    common = {"form": form, "version": None, "actor": officer, "now": now}
    with pytest.raises(Refused, match="哪里不对"):
        return_form(opinion="", **common)

    return_form(opinion="实聘数与台账不符", **common)

    assert "实聘数与台账不符" in Message.objects.get(key="posts.form_decided").body
    assert filled(now, ledger).number == 2


def test_only_the_post_authority_seals_and_nobody_their_own(now):
    """R-020."""
    ledger = make_ledger(now)
    concluded(now, ledger, chosen(), opened=1)
    form = filled(now, ledger)

    for actor in (post_officer(make_authority()), staff_actor(ledger.institution)):
        with pytest.raises(Forbidden):
            seal_form(form=form, signer="乙", opinion="属实", version=None, actor=actor, now=now)
        form.refresh_from_db()
    assert form.state == FormState.SUBMITTED
    assert not forms_visible_to(post_officer(make_authority())).exists()


def test_document_numbers_lie_encrypted(now):
    """The form holds whole identity numbers; the table does not."""
    ledger, told = make_ledger(now), chosen()
    concluded(now, ledger, told, opened=1)
    form = filled(now, ledger)

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM posts_postform")
        [(raw,)] = cursor.fetchall()
    assert told.person.document_number in PostForm.objects.get(pk=form.pk).content
    assert told.person.document_number not in raw
