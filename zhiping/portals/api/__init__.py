"""The machines' portal: what other bureaus' systems may call, and the document that describes it (OpenAPI 3.1)."""
