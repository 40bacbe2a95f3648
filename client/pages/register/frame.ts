// The time that all pictures of one register share.
import type { Register } from '../../../server/contract/attendance.ts';
import { barSpan, type Span } from './register-view.ts';

export type BarFrame = {
  readonly span: Span;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Up to where one can say anything: gaps of who did not come back are drawn to here. */
  readonly until: number;
  /** Where time has come to; null once the register is final. */
  readonly now: number | null;
};

export function frameOf(register: Pick<Register, 'startsAt' | 'endsAt' | 'rows' | 'asOf' | 'final'>): BarFrame {
  const { startsAt, endsAt, asOf, final } = register;
  return { span: barSpan(register), startsAt, endsAt, until: Math.min(endsAt, asOf), now: final ? null : asOf };
}
