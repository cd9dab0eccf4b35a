"""What is printed: an application's paper, blank forms, what goes by post."""
