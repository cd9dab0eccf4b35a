"""What a relay does with a network: prefill a portal's procedure, follow it up. Never a station."""
