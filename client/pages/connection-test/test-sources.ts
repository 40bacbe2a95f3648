// Sound and picture made by the page itself, so that a test needs no microphone and no camera.

export interface TestSources {
  readonly sound: MediaStreamTrack;
  /** Begins with the first call. */
  picture(): MediaStreamTrack | null;
  close(): void;
}

const size = { width: 640, height: 360 } as const;
const framesPerSecond = 15;
const blocks = 24;

/** To be called by the person's own click: before one, browsers make no sound. */
export function openTestSources(): TestSources {
  const audio = new AudioContext();
  void audio.resume();
  const tone = audio.createOscillator();
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  const [sound] = out.stream.getAudioTracks();
  if (!sound) throw new Error('The browser made no sound.');
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    sound,
    picture() {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, size);
      const paint = canvas.getContext('2d');
      if (!paint || !('captureStream' in canvas)) return null;
      timer = setInterval(() => scatter(paint), 1000 / framesPerSecond);
      return canvas.captureStream(framesPerSecond).getVideoTracks()[0] ?? null;
    },
    close() {
      clearInterval(timer);
      sound.stop();
      void audio.close();
    },
  };
}

/** Something new in each frame, or there would be nothing to send. */
function scatter(paint: CanvasRenderingContext2D): void {
  const { width, height } = size;
  for (let block = 0; block < blocks; block++) {
    paint.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`;
    paint.fillRect(Math.random() * width, Math.random() * height, width / 6, height / 6);
  }
}
