"""What goes by post: letters, envelopes, labels, slips, lists."""
