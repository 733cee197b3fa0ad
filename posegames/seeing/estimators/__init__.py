"""What finds bodies in pictures: one file per model family, and the store that fetches and checks weights."""
