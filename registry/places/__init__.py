"""Administrative units with validity and successors; former names stay usable."""
