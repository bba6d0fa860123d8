"""The ballot: a page without sign-in, session or log, opened by a code drawn on paper."""
