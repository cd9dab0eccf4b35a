"""What a responsable sees to: users, backups, repairs, the journal."""
