// Reads a chosen file as text.

const mostBytes = 8_000_000;

export type ReadCsv = { readonly text: string } | { readonly fault: 'tooLarge' | 'unreadable' };

/** UTF-8 with or without its mark, or the UTF-16 that Excel calls Unicode text. */
export async function readCsv(file: Blob): Promise<ReadCsv> {
  if (file.size > mostBytes) return { fault: 'tooLarge' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return { text: new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { fault: 'unreadable' };
  }
}
