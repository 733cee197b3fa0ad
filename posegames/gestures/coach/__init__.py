"""A coach: counts repetitions of exercises, says how far they went, and what was not right about them."""
