"""Pages of supervision (纪检监督): objections with who made them, which nobody else sees."""
