"""What is remembered from run to run: scores, how players get on, what they have set. No pictures, ever."""
