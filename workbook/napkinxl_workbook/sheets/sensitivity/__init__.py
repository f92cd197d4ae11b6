"""The live sensitivity: which inputs move, the variants worked out, and the tornado and the grid made from them."""
