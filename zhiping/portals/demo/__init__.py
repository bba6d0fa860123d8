"""Only in the demo: one-click sign-in, the guided tour, the movable clock, the catalogue of components."""
