"""A mail system with a page on which everybody's letters can be read.

The protocol, in full; the platform's side of it is `zhiping/gateways/mail.py`.

    POST api/letters    the letter as RFC 822 text → 200 "taken <Message-ID>"; the same Message-ID again is not kept twice
                        550 there is no such mailbox (here: every address at bounce.example)
"""
