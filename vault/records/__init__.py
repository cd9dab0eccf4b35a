"""What a vault holds, one collection a module; the journal of what was done."""
