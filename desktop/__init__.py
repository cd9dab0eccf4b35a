"""The application: workflows without Qt, the window, and the terminal."""
