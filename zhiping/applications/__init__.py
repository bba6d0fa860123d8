"""Applications: drafted in sections, frozen when submitted, carried through the plan's chain of desks.

Words: a section is one page of the draft with its own version; a snapshot is what was submitted, for ever; a step is
one desk of the chain, a row made at submission; a decision is what a desk said about a snapshot; a remark is one
reason of a return, bound to a place with what is wrong and how to mend it.
Invariants: one live application per person and plan; at most one step has the case (R-294); a submitted application
pins pack version, archive versions and file hashes (R-399); a return reopens only the places it names and comes back
to the desk that returned it, or to the first desk if that one asked for it (R-295); nobody handles their own case.
"""
