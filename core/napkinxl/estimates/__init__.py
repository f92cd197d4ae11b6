"""What scenarios come to: one, a frame of them, by supply, several plans together."""
