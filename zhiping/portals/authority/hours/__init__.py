"""学时审核 and 课程备案: the authority's part of continuing education (R-024, R-189)."""
