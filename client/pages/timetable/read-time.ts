// Understands a time of day as people type it.

/** HH:MM, or undefined when it is no time. */
export function readTime(typed: string): string | undefined {
  const [, hours, minutes = '0'] = /^(\d{1,2})(?:[:.,\s-]?(\d{2}))?$/.exec(typed.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}
