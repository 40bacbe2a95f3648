// What is to be read out by screen readers, from anywhere in the client.

export type Politeness = 'polite' | 'assertive';

type Speaker = (text: string, politeness: Politeness) => void;

let speaker: Speaker | undefined;

/** Reads a sentence out: politely after what is being said, assertively at once. Heard only while a LiveRegion stands. */
export function announce(text: string, politeness: Politeness = 'polite'): void {
  speaker?.(text, politeness);
}

/** The one LiveRegion registers itself; the answer takes it off again. */
export function speakThrough(next: Speaker): () => void {
  speaker = next;
  return () => {
    if (speaker === next) speaker = undefined;
  };
}
