"""The form language, the catalogue of forms, and a form being filled. No Qt, no vault."""
