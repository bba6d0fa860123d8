"""Tables of committees and their meetings. Nothing here joins a member to a ballot code or a ballot."""

from django.db import models

from zhiping.applications.models import Application
from zhiping.committees.states import (
    Choice,
    CommitteeState,
    MeetingState,
    Position,
    Recommendation,
    RoundState,
)
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan
from zhiping.plans.states import TitleLevel


class Committee(Stateful):
    """A filed committee (评委会): one series, one level, an odd number of members, valid at most three years."""

    state = models.CharField(max_length=40, choices=CommitteeState.choices, default=CommitteeState.DRAFT)
    name = models.CharField(max_length=120, unique=True, verbose_name="评委会名称")
    series = models.CharField(max_length=40, verbose_name="职称系列")
    level = models.CharField(max_length=30, choices=TitleLevel.choices, verbose_name="层级")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="committees")
    filing_number = models.CharField(max_length=80, blank=True, verbose_name="备案文号")
    filed_on = models.DateField(null=True, blank=True, verbose_name="备案日期")
    valid_until = models.DateField(null=True, blank=True, verbose_name="有效期至")
    size_basis = models.CharField(max_length=120, blank=True, verbose_name="核减人数依据")

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An expert's seat on a committee for one term (at most three years)."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(max_length=20, choices=Position.choices, default=Position.MEMBER)
    title = models.CharField(max_length=60, verbose_name="专业技术职称")
    employer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    term_from = models.DateField(verbose_name="任期起")
    term_until = models.DateField(verbose_name="任期止")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "person"], name="one_seat_per_person")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.person.name


class Meeting(Stateful):
    """A review meeting (评审会议) of a committee on the cases of one plan."""

    state = models.CharField(max_length=40, choices=MeetingState.choices, default=MeetingState.PLANNED)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(verbose_name="会议日期")
    place = models.CharField(max_length=120, verbose_name="地点")
    recused_in_base = models.BooleanField(default=False)
    minutes_pdf = models.FileField(upload_to="minutes/%Y", blank=True)
    minutes_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.committee} {self.held_on}"


class Seat(models.Model):
    """A member's place at one meeting: on the roll, present or not (named; attendance is not secret)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="seats")
    is_present = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_seat_per_meeting")]
        ordering = ["member_id"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.is_present}"


class Case(models.Model):
    """One application before one meeting, and what became of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="cases")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="review_cases")
    position = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField(null=True)
    agree = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    abstain = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "application"], name="one_case_per_meeting"),
            models.CheckConstraint(
                name="a_case_passes_by_two_thirds",
                condition=models.Q(passed=None)
                | models.Q(passed=True, agree__gte=models.F("base") * 2 - models.F("agree") * 2)
                | models.Q(passed=False, agree__lt=models.F("base") * 2 - models.F("agree") * 2),
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"


class Recusal(models.Model):
    """A member who neither reads nor votes on a case, and why (art. 25)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recusals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(max_length=200)
    is_automatic = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_recusal_per_case")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.member_id}"


class GroupOpinion(models.Model):
    """A reader's signed opinion on a case: named and visible to the office; advice, not a vote."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="opinions")
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices)
    text = models.TextField(verbose_name="评议意见")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_opinion_per_reader")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.member_id}"


class Round(Stateful):
    """One drawing of codes: `electorate` members who may all vote on the same cases."""

    state = models.CharField(max_length=40, choices=RoundState.choices, default=RoundState.OPEN)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    salt = models.CharField(max_length=32)
    electorate = models.PositiveSmallIntegerField()
    box_hash = models.CharField(max_length=64, blank=True)
    cases = models.ManyToManyField(Case, related_name="rounds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="rounds_are_numbered")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.meeting_id} 第{self.number}轮"

    @property
    def heading(self) -> str:
        return f"第 {self.number} 轮表决"


class BallotCode(models.Model):
    """The digest of one printed code. Primary key is the digest: rows have no order that tells of drawing."""

    digest = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="codes")
    is_used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.digest[:8]


class Ballot(models.Model):
    """One choice on one case, keyed by the code's digest. No time, no member, no session."""

    id = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ballots")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ballots")
    code = models.ForeignKey(BallotCode, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    proof = models.CharField(max_length=64)
    mark = models.CharField(max_length=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "case"], name="one_ballot_per_code_and_case")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.mark
