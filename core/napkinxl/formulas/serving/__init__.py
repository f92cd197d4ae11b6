"""How fast: the work and traffic of a step, prompts, requests."""
