"""What rented GPUs cost: on demand, reserved, spot."""
