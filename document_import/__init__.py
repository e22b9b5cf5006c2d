"""Documents that move in: read whole, each paragraph accounted for, made into a draft."""
