"""Forms that this PC has beside the catalogue: official PDFs, workbooks, packs, proposals."""
