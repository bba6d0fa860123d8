"""The help centre (帮助中心): articles to search, questions by e-mail, answers of the platform (R-022, R-034, R-349).

Words: a question comes from a visitor or a person with the address to answer to; a thread is a question with its
replies. Each reply is one e-mail of the outbox, so whether it arrived can be seen beside it.
"""
