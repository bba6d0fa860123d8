"""业绩档案审核: the employer audits people's profiles and archives, item by item (R-270, R-271)."""
