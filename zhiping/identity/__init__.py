"""People and their accounts: a person is one human being, an account is a way to sign in as that person.

Invariants: at most one person per identity document (blind index); document and phone numbers are encrypted;
rules that forbid two roles in one case compare persons, never accounts (domain §15.8).
"""
