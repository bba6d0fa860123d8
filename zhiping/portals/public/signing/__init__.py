"""The page that a phone opens by the code: sign the promise, nothing else. The secret in the address is the right."""
