"""Activity by month, without anybody in it."""
