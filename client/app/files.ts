// Hands texts over to the person's device: as a file, or by the clipboard.

/** The byte order mark lets Windows programs recognise UTF-8. */
export function downloadText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser takes the file up only after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** False when the browser refuses, as it does on plain HTTP away from localhost. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
