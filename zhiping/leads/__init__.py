"""Leads (线索): what looks doubtful across applications, with the evidence, for a person to clear or confirm.

Every submission leaves *marks*: hashes of its files, fingerprints of its pictures, numbers of patents, titles of papers
claimed as first author. The same mark of somebody else is a lead; so is a date that cannot be. A lead is no verdict: it
bars nothing, applicants and employers never see it, and what came of it says a person with a reason.
Invariants: the same coincidence is one lead however often it is looked at; marks are found by index, so that looking
costs the same with ten applications and with a million.
"""
