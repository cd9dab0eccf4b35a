"""Printed codes coming back: pages read from files or from the scanner, lines typed by hand."""
