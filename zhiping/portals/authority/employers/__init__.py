"""Employers of a region before its 人力社保 body: their authorisation letters, approved or returned."""
