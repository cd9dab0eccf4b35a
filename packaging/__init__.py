"""What prepares, checks and packages the project; nothing here is part of the program."""
