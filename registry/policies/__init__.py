"""Legal documents, policy versions, dated parameters, yearly lists, and the rules that compute with them."""
