"""Who is tied to a province beside its offices: associations, people from here who live elsewhere, visiting experts, awarded collectives."""
