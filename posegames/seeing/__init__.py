"""Seeing: pictures in, poses out. The only home of cv2, of model runtimes and of threads."""
