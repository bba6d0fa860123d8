"""The pages, a folder per audience; a portal calls the highest context involved (architecture §3)."""
