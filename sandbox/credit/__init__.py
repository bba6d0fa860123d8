"""A credit information platform (信用信息共享平台): it takes in records and withdrawals and gives receipts.

The protocol, in full; the platform's side of it is `zhiping/gateways/credit.py`.

    POST api/records/<number>/<act>     act: publish or withdraw; the same again gives the same receipt
        {number, act, subject: {kind, name, code}, what, basis, document, from, to, body}
        → {number, act, digest, receipt, received_at}; 409 when the number came before with other content

`digest` is the SHA-256 of the body as it was received. Both ways `X-Signature` = HMAC-SHA256 in hex of the body under
the shared key.
"""
