"""Messages to people inside the platform (站内信), written in the transaction of what they tell of.

Words: a kind is a message with gaps, declared by the context that sends it; `tell` fills the gaps for one person.
A message row is the whole delivery: it exists if and only if its business act was committed, and it can be asked for
twice without being written twice (`once`).
"""
