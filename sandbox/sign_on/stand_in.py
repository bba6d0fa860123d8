"""The provider: who is there to sign in, codes, signed tokens."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.frame import Answer, Request, StandIn, json_answer, page_answer, redirect, route
from sandbox.pages import table, whole

CLIENT = "zhiping"
CODE_SECONDS = 60
TOKEN_SECONDS = 300
ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "account")
SAMPLES = (
    ("申报人子", "339900199003079012", "19900009001", 3),
    ("申报人丑", "339900199203079025", "19900009002", 1),
)
UNIT = {
    "unit_name": "示范新办装备有限公司",
    "credit_code": "91330106MADEM000X4",
    "legal_person": "法定代表人甲",
}


class SignOn(StandIn):
    name = "sign_on"
    title = "政务服务网统一身份认证"
    about = "个人和法人的单点登录（OpenID Connect），带实名等级。"

    @cached_property
    def signing(self) -> tuple[str, rsa.RSAPrivateKey]:
        """The key of this run and its id."""
        return secrets.token_hex(8), rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @route("GET", "/.well-known/openid-configuration")
    def configuration(self, request: Request) -> Answer:
        return json_answer(
            {
                "issuer": self.base,
                "authorization_endpoint": f"{self.base}/authorize",
                "token_endpoint": f"{self.base}/token",
                "jwks_uri": f"{self.base}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    @route("GET", "/jwks")
    def keys(self, request: Request) -> Answer:
        kid, key = self.signing
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        return json_answer({"keys": [{**public, "kid": kid, "use": "sig", "alg": "RS256"}]})

    @route("GET", "/authorize", breaks=False)
    def ask(self, request: Request) -> Answer:
        asked = {name: request.query.get(name, "") for name in ASKED}
        if not self._is_ours(asked) or request.query.get("code_challenge_method") != "S256":
            return page_answer(whole("不能登录", "<h1>不能登录：应用没有登记，或请求不完整。</h1>"), 400)
        return page_answer(whole(self.title, self._choices(asked)))

    @route("POST", "/authorize", breaks=False)
    def say_who(self, request: Request) -> Answer:
        """Somebody chose who they are: a code for the platform, or the news that they changed their mind."""
        said = request.form()
        asked = {name: said.get(name, "") for name in ASKED}
        if not self._is_ours(asked):
            return page_answer(whole("不能登录", "<h1>不能登录：应用没有登记。</h1>"), 400)
        if said.get("cancel"):
            back = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(24)
            until = self.around.clock.now().timestamp() + CODE_SECONDS
            self.around.shelf.put(
                "code", code, {"asked": asked, "claims": self._claims(said), "until": until}
            )
            back = {"code": code, "state": asked["state"]}
        return redirect(f"{asked['redirect_uri']}?{urlencode(back)}")

    @route("POST", "/token")
    def token(self, request: Request) -> Answer:
        said, shelf = request.form(), self.around.shelf
        if said.get("client_id") != CLIENT or not hmac.compare_digest(
            said.get("client_secret", ""), self.around.key("sign_on")
        ):
            return json_answer({"error": "invalid_client"}, 401)
        with shelf.lock:
            kept = shelf.get("code", said.get("code", ""))
            if kept is not None:
                shelf.put("code", said["code"], {**kept, "until": 0})
        if kept is None or not self._fits(kept, said):
            return json_answer({"error": "invalid_grant"}, 400)
        now = int(self.around.clock.now().timestamp())
        claims = {"iss": self.base, "aud": CLIENT, "iat": now, "exp": now + TOKEN_SECONDS, **kept["claims"]}
        kid, key = self.signing
        token = jwt.encode(
            {**claims, "nonce": kept["asked"]["nonce"]}, key, algorithm="RS256", headers={"kid": kid}
        )
        shelf.put("signed", said["code"], claims)
        return json_answer(
            {
                "id_token": token,
                "access_token": secrets.token_urlsafe(24),
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
            }
        )

    def look(self) -> str:
        rows = [
            (escape(each["name"]), escape(each["account"]), str(each["level"]))
            for each in self.around.shelf.all("signed")
        ]
        return "<h2>登录过的人</h2>" + table(("姓名", "账号", "实名等级"), rows)

    def spoiled(self, answer: Answer) -> Answer:
        """The same token without any signature: only who insists on one notices."""
        told = json.loads(answer.body)
        if "id_token" not in told:
            return super().spoiled(answer)
        claims = jwt.decode(told["id_token"], options={"verify_signature": False})
        told["id_token"] = jwt.encode(claims, None, algorithm="none", headers={"kid": self.signing[0]})
        return replace(answer, body=json.dumps(told).encode())

    def _is_ours(self, asked: dict[str, str]) -> bool:
        known = asked["redirect_uri"].startswith(f"{self.around.platform}/")
        return known and asked["client_id"] == CLIENT and all(asked[name] for name in ASKED)

    def _fits(self, kept: dict[str, Any], said: dict[str, str]) -> bool:
        """The code is fresh and unused, for this address, and asked for by who holds the verifier."""
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        asked, now = kept["asked"], self.around.clock.now().timestamp()
        agrees = said.get("redirect_uri") == asked["redirect_uri"] and challenge == asked["code_challenge"]
        return agrees and now < kept["until"] and said.get("grant_type") == "authorization_code"

    def _claims(self, said: dict[str, str]) -> dict[str, Any]:
        claims: dict[str, Any] = {
            "sub": hashlib.sha256(f"{said['account']} {said['document_number']}".encode()).hexdigest()[:32],
            "account": said["account"],
            "level": int(said["level"]),
            "name": said["name"],
            "document_number": said["document_number"],
            "phone_number": said.get("phone", ""),
        }
        if said["account"] == "legal":
            unit = {"name": said["unit_name"], "legal_person": said.get("legal_person", "")}
            claims["unit"] = {**unit, "credit_code": said["credit_code"]}
        return claims

    def _choices(self, asked: dict[str, str]) -> str:
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in asked.items()
        )
        kind = "法人账号" if asked["account"] == "legal" else "个人账号"
        forms = "".join(self._form(hidden, asked["account"], sample) for sample in SAMPLES)
        return (
            f"<h1>{escape(self.title)}（替身）：{kind}</h1><p>选一个人登录，内容可以改成别的。</p>{forms}"
            f'<form method="post">{hidden}<p><button class="plain" name="cancel" value="1">取消，不登录</button></p></form>'
        )

    def _form(self, hidden: str, account: str, sample: tuple[str, str, str, int]) -> str:
        name, number, phone, level = sample
        fields = {"name": ("姓名", name), "document_number": ("证件号码", number), "phone": ("手机号", phone)}
        fields["level"] = ("实名等级（1 到 3）", str(level))
        if account == "legal":
            words = ("单位名称", "统一社会信用代码", "法定代表人")
            fields |= {key: (word, UNIT[key]) for word, key in zip(words, UNIT, strict=True)}
        rows = "".join(
            f'<label>{word} <input name="{key}" value="{escape(value)}"></label>'
            for key, (word, value) in fields.items()
        )
        return f'<form method="post">{hidden}<fieldset>{rows}<p><button>以{escape(name)}登录</button></p></fieldset></form>'
