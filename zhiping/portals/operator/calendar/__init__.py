"""The official working calendar: which years are known, entering the next one."""
