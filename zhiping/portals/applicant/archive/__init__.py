"""我的业绩档案: categories, items, their versions and evidence, the recycle bin (R-038…R-056)."""
