"""What a paper may hold: its sections, and which texts of a hidden one would tell who it is about. Pure."""
