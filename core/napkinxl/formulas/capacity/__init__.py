"""What fits into memory, and how many chats, seats and subscribers that serves."""
