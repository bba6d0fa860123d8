"""What the platform sends out: the log with masked addresses, templates with sample words, sending again."""
