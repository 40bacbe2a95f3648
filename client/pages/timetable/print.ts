// Where the server prints a week as PDF.
import type { z } from 'zod';
import type { PrintQuery } from '../../../server/contract/feeds.ts';
import { addressOf } from '../../app/api.ts';

export type Printed = Pick<z.input<typeof PrintQuery>, 'of' | 'id'>;

/** `week` is any day of it, YYYY-MM-DD. */
export function printAddress(printed: Printed, week: string, language: PrintQuery['language']): string {
  return addressOf('/api/print/week.pdf', {}, { ...printed, week, language });
}
