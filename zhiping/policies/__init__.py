"""Published rules: immutable versions of policy packs, their approval by a second person, comparison, judging.

Words: a pack version is one whole text of a pack, standing alone; it is drafted, offered, published by
someone else, and superseded by the next. Invariants: outside `draft` the text of a version never changes (database
trigger); a published version was approved by another account than the one that offered it; compiled packs are
cached by checksum only.
"""
