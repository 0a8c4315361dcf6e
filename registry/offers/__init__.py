"""What may be offered to a person for a need under the policies in force: facts, offer sheet. Not furnished yet."""
