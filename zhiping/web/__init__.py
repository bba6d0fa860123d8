"""What the portals share: the page decorator, the acting identity, base templates, components, one style sheet."""
