"""Paper as the carrier: encrypted bytes printed as QR codes, and read back from scans."""
