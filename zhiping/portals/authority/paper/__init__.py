"""The paper review forms: received by QR, handed over up the chain."""
