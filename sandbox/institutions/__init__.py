"""Stand-in of 浙江省事业单位人事工资管理服务系统, in which the posts of public institutions are checked.

`POST /api/figures` with JSON `{"request": <nonce>, "institution": <name>}` and the header `X-Signature`: HMAC-SHA256 of
the body under the shared key, in hexadecimal. The answer is signed the same way and names the question:

    {"digest": <SHA-256 of the question>, "known": true, "establishment": 24, "posts": 20,
     "levels": [{"group": "intermediate", "approved": 8, "filled": 7}, …], "as_of": "2026-03-02T09:00:00+08:00"}

`known` is false where the system does not keep the institution; the figures are then left out.
"""
