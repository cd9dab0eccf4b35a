"""Bundles and receipts on paper, as printed codes."""
