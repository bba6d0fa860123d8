"""Where clients and endpoints stand, what a client may be allowed, which bodies may have what."""

from django.db.models import TextChoices

from zhiping.organisations.states import EMPLOYER_KINDS, OrganisationKind


class ClientState(TextChoices):
    ACTIVE = "active", "可用"
    REVOKED = "revoked", "已停用"


class EndpointState(TextChoices):
    WAITING = "waiting", "待验证"
    VERIFIED = "verified", "已验证"
    OFF = "off", "已停用"


class Scope(TextChoices):
    """What a token is good for."""

    HOURS_WRITE = "hours:write", "登记继续教育学时"
    CERTIFICATES_VERIFY = "certificates:verify", "核验证书"
    RESULTS_READ = "results:read", "取评审结果"
    STATISTICS_READ = "statistics:read", "取统计数"


class EventKind(TextChoices):
    ISSUED = "certificate.issued", "证书已签发"
    REVOKED = "certificate.revoked", "证书已撤销"
    SUPERSEDED = "certificate.superseded", "证书已更正换发"
    PROBE = "endpoint.verify", "验证接收地址"


_AUTHORITIES = (
    OrganisationKind.HR_AUTHORITY,
    OrganisationKind.INDUSTRY_AUTHORITY,
    OrganisationKind.COMMITTEE_OFFICE,
)
_READING = (Scope.CERTIFICATES_VERIFY, Scope.RESULTS_READ, Scope.STATISTICS_READ)
SCOPES_OF_KIND: dict[str, tuple[Scope, ...]] = {
    OrganisationKind.TRAINING_BODY: (Scope.HOURS_WRITE, Scope.CERTIFICATES_VERIFY),
    **dict.fromkeys(_AUTHORITIES, _READING),
    **dict.fromkeys(EMPLOYER_KINDS, (Scope.CERTIFICATES_VERIFY, Scope.RESULTS_READ)),
}
