"""Bundles, receipts and contacts between a station and a relay."""
