"""Uploaded evidence: checked by content, kept by hash, shown only through a page that decides who may see it.

Words: a stored file is one person's upload; its bytes lie under their SHA-256 and are shared by equal uploads.
Invariants: bytes never change and are on disk before the row commits; nothing is ever served by path or by the name
the person gave; only PDF, JPEG and PNG that were really parsed are kept, pictures without their metadata; what is refused
leaves no trace on disk, and what a rollback leaves is swept after a day.
"""
