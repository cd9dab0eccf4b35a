"""Bundles, receipts and contacts at the station; contacts at the relay."""
