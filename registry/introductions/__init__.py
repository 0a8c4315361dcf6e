"""How a person and a unit come together over a need: interest, asking who somebody is, messages."""
