"""The paper review forms: received by QR, archived, returned."""
