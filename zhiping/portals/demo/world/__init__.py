"""The small world of the demo: bodies, people, archives, this year's plans. Made once; a second run finds it there.

Everything is made by the operations that real users call, as the people who would call them, so that the decision
log of the demo tells a true story.
"""
