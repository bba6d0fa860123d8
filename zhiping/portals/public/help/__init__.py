"""The help centre for everybody: articles, a question by e-mail, the threads of one's own questions."""
