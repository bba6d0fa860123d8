"""An SMS gateway as 12333 runs one: registered templates, receipts, signed delivery reports.

The protocol, in full; the platform's side of it is `zhiping/gateways/sms.py`. Bodies are JSON. `X-Signature` is
HMAC-SHA256 in hex, under the shared key, of three lines: request, answer or report; the `X-Timestamp` of a report
(empty otherwise); SHA-256 of the body in hex.

    POST api/templates      {template, sign, words} → {template}; the words may not change under a number
    POST api/messages       {number, phone, sign, template, gaps, report_url} → {number, receipt}
                            the same number again gives the same receipt and sends nothing;
                            409 {error: template} nobody registered it · 422 {error: phone} no such number
    report to report_url    {number, receipt, state: delivered or undelivered, at}

Here numbers ending in 0000 do not exist, and those ending in 1111 are switched off: taken, but never delivered.
"""
