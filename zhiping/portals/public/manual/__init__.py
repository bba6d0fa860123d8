"""The manuals (docs/manual) as pages, one for each role."""
