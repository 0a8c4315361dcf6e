"""What leaves on paper: the CV of a person, and the ranking of a need, as PDF and as Word. Nothing is kept of them."""
