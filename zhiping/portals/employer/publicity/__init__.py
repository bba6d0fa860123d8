"""The employer's publicity: posting everyone it has passed, objections, sheets."""
