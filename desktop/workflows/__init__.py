"""What the application does, step by step, without Qt; the window and the terminal call it."""
