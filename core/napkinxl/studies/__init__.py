"""Searches, simulations and Monte Carlo: run in Python, stored as values and marked so."""
