"""Work of the queue: printing forms."""
