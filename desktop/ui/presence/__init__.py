"""What the system knows of who is before the PC: locked, suspended, switched, lid closed."""
