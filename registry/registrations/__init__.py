"""People who enter themselves: the journey from «Bạn là ai?» to one record, its drafts, and the page of one's own."""
