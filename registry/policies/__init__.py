"""Legal documents, policy versions, rules, benefits, grants and commitments. Not furnished yet."""
