// Files that begin as a WebP or a JPEG picture of a given size does; the rest of them is noise.

/** RFC 9649, lossy: the size stands in the key frame's header. */
export function webp(width: number, height: number, length = 2_000): Uint8Array<ArrayBuffer> {
  const bytes = noise(length);
  const view = new DataView(bytes.buffer);
  write(bytes, 0, 'RIFF');
  view.setUint32(4, length - 8, true);
  write(bytes, 8, 'WEBPVP8 ');
  view.setUint32(16, length - 20, true);
  view.setUint16(26, width, true);
  view.setUint16(28, height, true);
  return bytes;
}

/** ISO 10918-1: a comment, then the frame header. */
export function jpeg(width: number, height: number, length = 2_000): Uint8Array<ArrayBuffer> {
  const bytes = noise(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xffd8fffe);
  view.setUint16(4, 10);
  view.setUint32(14, 0xffc00011);
  view.setUint8(18, 8);
  view.setUint16(19, height);
  view.setUint16(21, width);
  return bytes;
}

function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31) % 251);
}

function write(bytes: Uint8Array, at: number, word: string): void {
  bytes.set(new TextEncoder().encode(word), at);
}
