"""Seeing: pictures in, poses out. The only home of cv2, of model runtimes, of threads and of another process."""

from posegames.seeing._native import prepare

# The one thing done at import: OpenCV reads these variables while it is imported itself, a moment later.
prepare()
