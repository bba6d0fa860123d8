"""学时审核: the staff's hours and how far they are (R-189)."""
