"""What the formulas are held against: figures that were published, and serving runs that were measured."""
