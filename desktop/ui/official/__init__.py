"""The catalogue of forms and the official PDFs added."""
