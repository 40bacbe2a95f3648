// Which way of saying a codec this browser understands, and which kind of MediaSource it has.

type Supports = (mime: string) => boolean;

/** Browsers differ in how they spell Opus. Undefined when the browser cannot play it at all. */
export function playableMime(mime: string, supports: Supports): string | undefined {
  const spellings = [mime, mime.replace(/\bopus\b/i, 'opus'), mime.replace(/\bopus\b/i, 'Opus')];
  return spellings.find(supports);
}

type MediaSourceClass = typeof MediaSource;

function isMediaSourceClass(value: unknown): value is MediaSourceClass {
  return typeof value === 'function' && 'isTypeSupported' in value;
}

/** The managed kind first: phones by Apple have no other, and with it the browser says when to stop filling. */
export function mediaSourceClass(): MediaSourceClass | undefined {
  const found: unknown[] = [Reflect.get(globalThis, 'ManagedMediaSource'), Reflect.get(globalThis, 'MediaSource')];
  return found.find(isMediaSourceClass);
}
