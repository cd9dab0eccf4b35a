"""What was done, without anybody in it: tables and a chart, exported."""
