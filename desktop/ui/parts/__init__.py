"""Small widgets that every page is made of: field, card, chip, banner, row, empty page."""
