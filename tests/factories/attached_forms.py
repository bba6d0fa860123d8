"""One full sample of the forms that go with an application: scores, posts, recommendations."""

from datetime import date
from decimal import Decimal

from tests.factories.documents import NAME, handwriting
from zhiping.documents.authorisation_letter import AuthorisationLetter
from zhiping.documents.opinion import Opinion
from zhiping.documents.post_form import (
    EstablishmentPostForm,
    EstablishmentRow,
    IntermediatePostForm,
    LevelRow,
    PromotedPerson,
    RecommendedPerson,
)
from zhiping.documents.recommendation import ExceptionalRecommendation, RefereeRecommendation
from zhiping.documents.scoring_sheet import ScorePart, ScoreRow, ScoreSection, ScoringSheet


def authorisation_letter(**changes) -> AuthorisationLetter:
    fields = {
        "title": "授权委托证明",
        "platform": "浙江省专业技术职务任职资格申报与评审管理服务平台",
        "scope": "负责本单位职称申报人员的业绩档案审核、申报信息审核、公示和报送等工作。",
        "employer": "丽水市青瓷工艺有限公司",
        "credit_code": "91331100MA00000000",
        "legal_person": "法定代表人甲",
        "handler": "经办人𠮷",
        "handler_id": "331181198005060028",
        "handler_mobile": "13900000000",
        "valid_until": date(2027, 12, 31),
        "day": date(2026, 3, 2),
    }
    return AuthorisationLetter(**(fields | changes))


def scoring_sheet(**changes) -> ScoringSheet:
    fields = {
        "title": "浙江省高级工艺美术师职务任职资格量化评分表",
        "name": NAME,
        "employer": "丽水市青瓷工艺有限公司",
        "current_title": "工艺美术师",
        "specialty": "陶瓷艺术",
        "application_mode": "自评分申报",
        "sections": SCORE_SECTIONS,
        "total": Decimal("84.5"),
        "notes": (
            "获专利授权的按表中计分标准计分，获得专利受理的不予计分。",
            "获得工艺美术师职称后取得的业绩成果方可计分。",
            "基础条件和工作业绩中，三级指标的累计得分不超过二级指标对应的分值。",
        ),
        "remark": "自评分达到70分，可按自评分方式申报",
        "filled_on": date(2022, 3, 9),
    }
    return ScoringSheet(**(fields | changes))


def _rows(*texts: str) -> tuple[ScoreRow, ...]:
    return tuple(
        ScoreRow(text, Decimal(2 * number) if number else None, "获奖证书、收藏证书" if number else "")
        for number, text in enumerate(texts)
    )


SCORE_SECTIONS = (
    ScoreSection(
        "基础条件",
        20,
        (
            ScorePart(
                "职业道德",
                10,
                _rows("开展职业培训1次得2分，累计最多得10分。", "获先进工作者称号，累计最多得10分。"),
                Decimal(2),
            ),
            ScorePart(
                "学历及从业年限",
                10,
                _rows(
                    "博士10分，硕士6分，本科4分，以最高学历得分为准。",
                    "从业20年及以上得10分，10—19年得6分，5—9年得3分。",
                ),
                Decimal(10),
            ),
        ),
        Decimal(12),
    ),
    ScoreSection(
        "工作业绩",
        90,
        (
            ScorePart(
                "馆藏及作品展",
                20,
                _rows(
                    "举办个人作品展每次得5分或3分，累计最多得10分。",
                    "作品被收藏每件（套）得5分或3分，累计最多得10分。",
                ),
                Decimal("12.5"),
            ),
            ScorePart(
                "项目及获奖",
                30,
                _rows(
                    "省（部）级以上专业大赛获奖。",
                    "作品被用于重要国事活动。",
                    "获科技成果奖。",
                    "科研项目或课题研究。",
                ),
                Decimal(30),
            ),
            ScorePart(
                "理论成果及知识产权",
                20,
                _rows("参与完成标准。", "参与编写著作。", "发表论文每篇得2分。", "获得专利。"),
                Decimal(20),
            ),
            ScorePart("授徒传艺", 20, _rows("徒弟获得荣誉称号或职称。", "组织恢复濒临失传传统技艺。")),
        ),
        Decimal("62.5"),
    ),
    ScoreSection(
        "加分条件",
        20,
        (ScorePart("", 20, _rows("享受国务院政府特殊津贴等国家级荣誉，加20分。", "省级荣誉称号，加10分。")),),
        Decimal(10),
    ),
)


def post_form_intermediate(people: int = 2) -> IntermediatePostForm:
    return IntermediatePostForm(
        title="事业单位人员中级职称申报岗位信息表",
        employer="杭州市××文化馆",
        levels=(
            LevelRow("核准数", 1, 4, 10),
            LevelRow("实聘数", 1, 3, 7, "含退三进二1人"),
            LevelRow("空缺数", 0, 1, 3),
        ),
        opened_posts=2,
        agreed_for_review=1,
        agreed_for_initial=1,
        posts_used=9,
        people=tuple(
            PromotedPerson(f"申报人{number + 1}", "33010619900101123X", "助理工艺美术师", "专业技术十级")
            for number in range(people)
        ),
        explanation="无地区统筹岗位。",
        day=date(2020, 10, 12),
    )


def post_form_establishment(people: int = 2) -> EstablishmentPostForm:
    return EstablishmentPostForm(
        title="事业单位人员职称申报岗位信息表",
        employer="安吉县××中心",
        establishment=40,
        posts=30,
        employed=26,
        levels=(
            EstablishmentRow("核准比例", "5%", "25%", "40%", "30%", "100%"),
            EstablishmentRow("核准人数", "1", "8", "12", "9", "30"),
            EstablishmentRow("按比例和实聘数计算的应聘人数", "1", "7", "10", "8", "26"),
            EstablishmentRow("实聘人数", "0", "5", "9", "12", "26"),
            EstablishmentRow("空缺情况", "1", "3", "3", "-3", "4"),
        ),
        opened_posts="副高级1个、中级2个",
        appointed_directly=1,
        recommended=1,
        people=tuple(
            RecommendedPerson(
                f"申报人{number + 1}",
                "33052319880808123X",
                "工程师",
                "工程师",
                date(2016, 1, 1),
                "专业技术九级",
                "高级工程师",
            )
            for number in range(people)
        ),
        opinion=Opinion(
            "主管部门或人力社保部门意见", "情况属实，同意推荐。", "", "", "盖章", date(2021, 9, 6)
        ),
    )


def exceptional_recommendation(**changes) -> ExceptionalRecommendation:
    fields = {
        "title": "破格推荐中级专业技术职务任职资格审批表",
        "name": NAME,
        "sex": "女",
        "birth_month": "1990年8月",
        "employer": "安吉县××竹艺有限公司",
        "administrative_post": "车间主任",
        "years_in_specialty": 9,
        "graduation": "2011年浙江××职业学院产品设计专业",
        "current_title": "助理工艺美术师",
        "appointed_on": date(2017, 1, 1),
        "title_applied": "工艺美术师",
        "career": "2011年7月至2015年12月在安吉县××竹艺厂从事竹编设计。\n2016年1月至今在安吉县××竹艺有限公司任车间主任。",
        "reasons": "获国家级专业大赛金奖1项，主持编制团体标准1项，确有真才实学，工作成绩显著。",
        "opinions": (
            Opinion("所在单位意见", "同意破格推荐。", "", "", "盖章", date(2021, 8, 2)),
            Opinion("主管部门意见", person_label=""),
            Opinion("市（厅、局）人事部门意见", person_label=""),
        ),
    }
    return ExceptionalRecommendation(**(fields | changes))


def referee_recommendation(**changes) -> RefereeRecommendation:
    fields = {
        "title": "直接申报专家推荐表",
        "name": NAME,
        "employer": "丽水市青瓷工艺有限公司",
        "referee": "推荐人甲",
        "referee_title": "正高级工艺美术师（中国工艺美术大师）",
        "referee_contact": "0571-00000000",
        "referee_employer": "中国美术学院",
        "reasons": "被推荐人取得的标志性业绩成果：作品入选国家级展览并获金奖；作品被国家一级博物馆收藏2件。",
        "signature": handwriting(),
        "day": date(2022, 3, 1),
    }
    return RefereeRecommendation(**(fields | changes))
