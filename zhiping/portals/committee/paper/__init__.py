"""The paper review forms: received by QR or from a list, archived, returned."""
