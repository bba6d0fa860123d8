"""A bureau's system that hears of certificates (业务部门接收系统): it takes in events and checks their signatures.

The protocol, in full; the platform's side of it is `zhiping/exchange/tasks.py`.

    POST hook       Webhook-Id, Webhook-Timestamp (seconds), Webhook-Signature: v1,<Base64 HMAC-SHA256 of "id.timestamp.body">
        {id, type, happened_at, data}
        → 200 {taken}; 200 {challenge} to the event endpoint.verify; 401 not signed by the key or older than five minutes

An event that comes again under its number is taken and counted once. The signing key is typed in on its page, as the
platform's administrator hands it over once; before that it answers only the challenge.
"""
