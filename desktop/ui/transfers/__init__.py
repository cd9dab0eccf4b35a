"""A whole person sent to another station, and arriving from one."""
