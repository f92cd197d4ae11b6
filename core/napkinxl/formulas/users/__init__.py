"""What a user costs and pays, and what the users of a plan come to."""
