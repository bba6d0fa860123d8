"""A unified public payment platform (统一公共支付平台): orders, a page to pay on, signed notices, refunds, a file per day.

The protocol, in full; the platform's side of it is `zhiping/gateways/payment.py`. Money is in fen, moments are ISO 8601.

Every call carries `X-Timestamp` (seconds), `X-Nonce` and `X-Signature` = HMAC-SHA256 in hex, under the shared key, of

    request · answer · notice          which of the three it is, so that none can be played back as another
    METHOD and path                    of a request; empty otherwise
    timestamp, nonce                   an answer repeats the nonce of its request
    SHA-256 of the body in hex

joined by line feeds.

    POST api/orders                    {collector, order, amount, currency, subject, payer, expires_at, notify_url}
                                       → {order, reference, pay_url, state, amount}; the same order again gives the same answer
    GET  api/orders/<order>            → … with transaction and paid_at once paid; 404 if nobody placed it
    POST api/orders/<order>/close      nobody can pay any more; answers what became of it: closed, or paid before
    POST api/refunds                   {refund, order, transaction, amount, reason} → {refund, state, refunded_at}; repeatable
    GET  api/files/<collector>/<day>   CSV: kind,transaction,order,amount,at … and a last line total,count,sum
    notice to notify_url               {event, kind: paid, order, collector, amount, currency, transaction, paid_at}
"""
