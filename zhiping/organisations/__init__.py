"""Bodies and who acts for them: regions, the tree of organisations, memberships with roles.

Words: an organisation is a body with a kind; a membership lets an account act in one role for one body; an
authorisation letter (授权委托证明) binds an employer's name to the account that handles it. Invariants: a role is
exercised for exactly one body; a body is never deleted, only suspended; staff can choose an employer only while it is
authorised (R-029); nobody decides on the letter of a body they belong to.
"""
