"""The archive (我的业绩档案) and the personal basic information (个人基本信息), audited by the employer item by item.

Words: an item is one achievement of a category (`categories.yaml`, docs/vocabulary.md); a version is what it said at
one time, with its evidence; the profile is versioned in the same way and names the current employer.
Invariants: a version that left the draft never changes its content; an item has at most one open version (draft or
submitted); the last approved version stays usable while a newer one is being audited; nobody audits their own
archive, compared by person; only approved versions become facts.
"""
