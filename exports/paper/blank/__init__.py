"""Blank forms for the cell, and the words and boxes a pen meets."""
