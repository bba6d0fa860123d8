"""Documents: data in, bytes out.

What the platform prints, signs, and exchanges as sheets. Pure functions: no models, no clock, no network.

- ``printing.render`` prints a data class through its Typst template as PDF/A; same data, same bytes.
- ``glyphs.missing_glyphs`` names the characters that could not be printed, for refusal at entry.
- ``signing`` and ``verification`` put on and check the signature that must cover the whole file.
- ``qr`` draws codes, ``sheets`` reads and writes Excel.
- Every other module is one printed form: its fields as frozen data classes.

A date that is not known yet prints as a blank to be filled in by hand, never as a guess.
"""
