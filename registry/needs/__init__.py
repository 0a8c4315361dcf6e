"""What a unit is looking for: the post, its skills with level and weight, its hard conditions."""
