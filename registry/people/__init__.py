"""The person: names, contacts, facets, education, experience, skill claims and their evidence."""
