"""What a review ends in: reported results, the issuing document, electronic certificates, the paper review form.

Words: a *report* is the list of passed people an office sends to the bodies that publish; it is *issued* when every
body needed has confirmed. A certificate has one true file: its SHA-256 stands in the register. Invariants: a
certificate only for an application in an issued report, one per application, numbers unique and without gaps per
region and year; a certificate is never edited, only revoked or replaced; verification shows no more than is asked.
"""
