"""Text as ink: fonts, shapes, direction, lines."""
