"""What owned GPUs cost: capital, power, operation; and own against rent."""
