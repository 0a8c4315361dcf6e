"""The referral pipeline of a person for a need, and its decisions. Not furnished yet."""
