"""The monthly plan: users, GPUs and money over months, with the inputs of its own."""
