"""我的学时: the ledger, hours registered with proof, what is still missing (R-047, R-167…R-191)."""
