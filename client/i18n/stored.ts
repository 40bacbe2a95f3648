// Small choices kept in the browser; where storage is refused they last as long as the page.

type Place = 'device' | 'tab';

const page = new Map<string, string>();

export function readStored(key: string, place: Place = 'device'): string | undefined {
  try {
    return storage(place).getItem(key) ?? undefined;
  } catch {
    return page.get(key);
  }
}

export function writeStored(key: string, value: string | undefined, place: Place = 'device'): void {
  try {
    if (value === undefined) storage(place).removeItem(key);
    else storage(place).setItem(key, value);
  } catch {
    if (value === undefined) page.delete(key);
    else page.set(key, value);
  }
}

/** Those that begin so, of this device. */
export function storedKeys(prefix: string): string[] {
  const begins = (key: string) => key.startsWith(prefix);
  try {
    return Object.keys(storage('device')).filter(begins);
  } catch {
    return [...page.keys()].filter(begins);
  }
}

/** Forgets everything whose key begins so. */
export function forgetStored(prefix: string, place: Place): void {
  const begins = (key: string) => key.startsWith(prefix);
  for (const key of [...page.keys()].filter(begins)) page.delete(key);
  try {
    const kept = storage(place);
    for (const key of Object.keys(kept).filter(begins)) kept.removeItem(key);
  } catch {
    // Where storage is refused nothing was kept in it.
  }
}

function storage(place: Place): Storage {
  return place === 'device' ? localStorage : sessionStorage;
}
