"""Forms of candidacies and the words of their closed lists. Nothing is queried."""
