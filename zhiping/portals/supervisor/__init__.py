"""Pages of supervision (纪检监督): meetings, results, the log, and objections with who made them, which nobody else sees."""
