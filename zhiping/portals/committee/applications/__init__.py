"""The audit desk in the portal of this audience."""
