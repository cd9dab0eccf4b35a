"""Filling an application: questions, documents, review."""
