"""个人基本信息: show, fill, send to the employer (R-037, R-029)."""
