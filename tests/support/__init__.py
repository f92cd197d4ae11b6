"""What the tests share: independent engines, file checkers and modelling rules."""
