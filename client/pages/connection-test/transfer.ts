// How fast bytes go over the web: what the line carries at all, also where the encoder of a cheap phone would be the bottleneck.
import type { TestBegun } from '../../../server/contract/connection-test.ts';

const downBytes = 4_000_000;
const longestMs = 4_000;
/** The first are small, so that a slow line has a result too. */
const portions = [8_192, 32_768, 131_072];
const lastPortion = 262_144;

export async function speedDown({ id }: TestBegun, signal: AbortSignal): Promise<number | null> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), longestMs);
  let bytes = 0;
  let began: number | undefined;
  let last = 0;
  try {
    const response = await fetch(`/api/connection-tests/${id}/bytes?bytes=${downBytes}`, {
      ...{ credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.any([signal, ended.signal]) },
    });
    if (!response.ok || !response.body) return null;
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      last = performance.now();
      // What came with the head was on its way before the clock ran.
      if (began === undefined) began = last;
      else bytes += read.value.byteLength;
    }
  } catch {
    // The time is over, or the line broke: what has come counts.
  } finally {
    clearTimeout(timer);
  }
  return perSecond(bytes, last - (began ?? last));
}

export async function speedUp({ id, mostBytes }: TestBegun, signal: AbortSignal): Promise<number | null> {
  const began = performance.now();
  let bytes = 0;
  let spent = 0;
  for (let turn = 0; performance.now() - began < longestMs; turn++) {
    const size = portions[turn] ?? lastPortion;
    if (bytes + size > mostBytes.up) break;
    const sentAt = performance.now();
    try {
      const response = await fetch(`/api/connection-tests/${id}/bytes`, {
        ...{ method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/octet-stream' } },
        ...{ body: noise(size), signal: AbortSignal.any([signal, AbortSignal.timeout(2 * longestMs)]) },
      });
      if (!response.ok) break;
    } catch {
      break;
    }
    bytes += size;
    spent += performance.now() - sentAt;
  }
  return perSecond(bytes, spent);
}

function perSecond(bytes: number, ms: number): number | null {
  return bytes === 0 || ms <= 0 ? null : Math.round((bytes * 8 * 1000) / ms);
}

/** Web Crypto fills 64 KiB at a time. */
function noise(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
  return bytes;
}
