"""Paper: generated sheets and letters, official PDFs filled, pages rendered and read back."""
