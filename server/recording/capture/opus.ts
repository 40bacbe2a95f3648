// What the recorder must know of Opus packets (RFC 6716, section 3): how long they last, and what to put where some are missing.

export const opusClockRate = 48_000;

const frameTicks = (toc: number): number => {
  const config = toc >> 3;
  if (config < 12) return [480, 960, 1920, 2880][config & 3] ?? 960;
  if (config < 16) return [480, 960][config & 1] ?? 960;
  return [120, 240, 480, 960][config & 3] ?? 960;
};

/** Length of a packet in ticks of 48 kHz; 0 when it is none. */
export const opusTicks = (packet: Buffer): number => {
  const toc = packet[0];
  if (toc === undefined) return 0;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  return frames * frameTicks(toc);
};

/** 20 ms of digital silence. */
export const opusSilence = { packet: Buffer.from([0xf8, 0xff, 0xfe]), ticks: 960 } as const;

/** An empty frame of the same mode as the packet before: a decoder conceals it from what it heard last, as it would a lost one. */
export const opusConcealment = (previous: Buffer): { readonly packet: Buffer; readonly ticks: number } => {
  const toc = (previous[0] ?? 0xf8) & 0xfc;
  return { packet: Buffer.from([toc]), ticks: frameTicks(toc) };
};
