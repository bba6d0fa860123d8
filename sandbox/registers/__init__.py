"""Registers that are asked by document number: education, social insurance, skills, patents, papers, honours.

One protocol for all of them; the platform's side of it is `zhiping/gateways/records.py`.

    POST api/look-up        {request, name, number}
        → {digest, name_agrees, rows: [{id, …}], missing: [word, …]}

`digest` is the SHA-256 of the body as it was received: an answer to somebody else's question is told by it. Each row has
an `id` that stays the same and the words of its register; `missing` names what this register could not look into now (an
empty list: it looked everywhere). A name that does not belong to the number gives no rows and `name_agrees: false`. Both
ways `X-Signature` = HMAC-SHA256 in hex of the body under the shared key.

`samples.json` holds what the registers know about the people of the demo: by stand-in, then by name and day of birth.
More can be entered on each stand-in's page. A row of the insurance may say `since` and `until` in place of `months`.
"""
