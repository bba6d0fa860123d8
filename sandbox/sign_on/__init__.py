"""A government portal's sign-on (政务服务网-style): an OpenID Connect provider for natural and legal persons.

Authorization-code flow with PKCE, as OpenID Connect Core 1.0 and RFC 7636 have it; the platform's side is
`zhiping/gateways/sign_on.py`.

    GET  .well-known/openid-configuration      GET jwks
    GET  authorize?response_type=code&client_id&redirect_uri&scope&state&nonce&code_challenge&code_challenge_method=S256
         &account=person|legal                 the page on which somebody says who they are
    POST token  grant_type=authorization_code&code&redirect_uri&client_id&client_secret&code_verifier
         → {id_token, access_token, token_type, expires_in}

The ID token is signed (RS256) and says, besides iss, aud, sub, nonce, iat and exp: `account` (person or legal), `level` (how
surely the person is who they say: 1 by phone, 2 by bank or document, 3 by face), `name`, `document_number`,
`phone_number`; for a legal person these are the handler's, and `unit` has {name, credit_code, legal_person}.
A code is good once and for a minute.
"""
