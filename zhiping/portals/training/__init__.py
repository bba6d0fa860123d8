"""The training bodies' portal: courses, registration of hours."""
