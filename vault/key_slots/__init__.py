"""The ways into a vault: its key slots, the file that holds them, what each derives and wraps."""
