// A sound like speech without a pause, so that every hole in it is one that the line has made: a WAV file for the browser's made-up microphone.

const rate = 48_000;
const seconds = 8;
/** Vowels by their first three formants, in Hz. */
const vowels = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [570, 840, 2410],
  [440, 1020, 2240],
  [530, 1840, 2480],
] as const;
const syllableMs = 220;

/** @param pitchHz of the voice: two people sound different */
export function speechLike(pitchHz: number): Buffer {
  const samples = new Int16Array(rate * seconds);
  for (let index = 0; index < samples.length; index += 1) {
    const ms = (index * 1000) / rate;
    const formants = vowels[Math.floor(ms / syllableMs) % vowels.length] ?? vowels[0];
    // Loud and soft as syllables are, never quite silent.
    const loudness = 0.35 + 0.65 * Math.sin((Math.PI * (ms % syllableMs)) / syllableMs) ** 2;
    const pitch = pitchHz * (1 + 0.1 * Math.sin((2 * Math.PI * ms) / 1300));
    let sum = 0;
    for (let harmonic = 1; harmonic * pitch < 3800; harmonic += 1) {
      const hz = harmonic * pitch;
      const gain = formants.reduce((most, formant) => Math.max(most, 1 / (1 + ((hz - formant) / 120) ** 2)), 0.02);
      sum += gain * Math.sin((2 * Math.PI * hz * index) / rate);
    }
    samples[index] = Math.round(Math.max(-1, Math.min(1, sum * loudness * 0.18)) * 32_767);
  }
  return Buffer.concat([wavHeader(samples.byteLength), Buffer.from(samples.buffer)]);
}

/** RIFF, PCM, one channel of 16 bits. */
function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}
