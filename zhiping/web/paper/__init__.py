"""The paper review form at a desk: register by scanning, hand-over lists. The same for authorities and the office."""
