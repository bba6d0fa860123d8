"""Published rules: immutable versions of policy packs, their approval by a second person, comparison, judging.

Words: a pack version is one text of a pack with every file it leans on; it is drafted, offered, published by
someone else, and superseded by the next. Invariants: outside `draft` the files of a version never change (database
trigger); a published version was approved by another account than the one that offered it; compiled packs are
cached by checksum only.
"""
