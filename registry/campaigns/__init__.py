"""Attraction campaigns, invitations, funnel and budget. Not furnished yet."""
