"""The encrypted store of this PC: keys, people, applications, journal. No Qt, no forms."""
