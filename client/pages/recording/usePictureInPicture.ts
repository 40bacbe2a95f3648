// The large picture in a window of its own, over other programs, where the browser has that.
import { useEffect } from 'react';

/** Undefined where it cannot be; not `isAllowed`: the window would show the picture without what lies over it. */
export function usePictureInPicture(element: HTMLMediaElement | null, isAllowed: boolean): (() => void) | undefined {
  const video = element instanceof HTMLVideoElement ? element : null;
  useEffect(() => {
    if (video) video.disablePictureInPicture = !isAllowed;
  }, [video, isAllowed]);
  if (!isAllowed || !video || !document.pictureInPictureEnabled) return undefined;
  return () => {
    // Refused before the first frame, and when it was not a press of the person's.
    const change = document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture();
    change.catch(() => undefined);
  };
}
