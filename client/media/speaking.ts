// How loud a track is: measured in the browser, for the meter in the lobby and the hint "You are muted".

let context: AudioContext | undefined;

/** One context for the page; browsers allow only a few, and keep it silent until the first click. */
export function audioContext(): AudioContext {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  return context;
}

const everyMs = 80;

/**
 * Tells the loudness from 0 (silent) to 1 (loud speech) until the answered function is called.
 * A copy of the track is listened to: muting disables the track that is sent, and a disabled track is silent.
 */
export function watchLevel(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const copy = track.clone();
  copy.enabled = true;
  const audio = audioContext();
  const source = audio.createMediaStreamSource(new MediaStream([copy]));
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    tell(loudness(samples));
  }, everyMs);
  return () => {
    clearInterval(timer);
    source.disconnect();
    copy.stop();
  };
}

/** Root mean square on a scale of decibels: −60 dB and less is 0, −12 dB and more is 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 20 * Math.log10(Math.sqrt(sum / samples.length) + 1e-9);
  return Math.min(1, Math.max(0, (decibels + 60) / 48));
}

/** Speech, as opposed to a cough: loud for most of the last half second. */
export class SpeechDetector {
  #loud = 0;

  /** Feed it one level per measurement; true while someone speaks. */
  hear(level: number): boolean {
    this.#loud = level > 0.35 ? Math.min(10, this.#loud + 1) : Math.max(0, this.#loud - 1);
    return this.#loud >= 5;
  }
}

/** Two soft notes, so that a person hears which speaker is chosen. */
export async function playTestSound(speakerId: string | undefined): Promise<void> {
  const audio = audioContext();
  const out = audio.createMediaStreamDestination();
  for (const [index, hertz] of [523.25, 659.25].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = audio.currentTime + 0.1 + index * 0.35;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.25, from + 0.05);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
    tone.connect(volume).connect(out);
    tone.start(from);
    tone.stop(from + 0.7);
  }
  const element = new Audio();
  element.srcObject = out.stream;
  if (speakerId && 'setSinkId' in element) await element.setSinkId(speakerId).catch(() => undefined);
  // A browser that will not play it leaves it silent, which is what the person then hears.
  await element.play().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 1_400));
  element.srcObject = null;
}
