"""How a person brings an employer to the platform, or joins one that is there."""
