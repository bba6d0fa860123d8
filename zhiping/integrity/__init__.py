"""Integrity records (职称评审诚信档案): who was found to have done what, on which basis, from when to when.

Words: a *record* is a finding about one person or body. One clerk proposes it, another confirms it; only then is it in
force, and its days decide what it bars (a *bar*: levels that may not be applied for). A record in force is seen by
every city (C-54); whom it names may appeal. Records know no applications: `case_key` and `plan_name` are frozen words.
Invariants: nobody confirms what they proposed, nor decides on an appeal against what they confirmed, nor on
themselves; a record is never deleted or shortened, only lifted by an upheld appeal.
"""
