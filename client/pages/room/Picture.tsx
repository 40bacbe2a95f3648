// A video element for a stream; invisible until its first frame, so that nothing flashes black.
import { useEffect, useRef, useState } from 'react';
import { cx } from '../../ui/cx.ts';

export type PictureProps = {
  readonly stream: MediaStream;
  readonly mirrored?: boolean;
  /** contain: all of it, for screens; cover: fills the tile, for faces. */
  readonly fit: 'contain' | 'cover';
};

export function Picture({ stream, mirrored = false, fit }: PictureProps) {
  const element = useRef<HTMLVideoElement>(null);
  const [shownStream, setShownStream] = useState<MediaStream | null>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = stream;
    // Refused only while the page is not visible; the browser plays it by itself when it is.
    video.play().catch(() => undefined);
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={element}
      className={cx('picture', `picture-${fit}`, mirrored && 'picture-mirrored', shownStream === stream && 'picture-shown')}
      autoPlay
      playsInline
      muted
      onLoadedData={() => setShownStream(stream)}
    />
  );
}
