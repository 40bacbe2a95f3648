// A part of the monitoring whose cost is measured: what it hears, and how it ends.
import type { LineHearer } from '../../../server/diagnosis/hearing.ts';
import type { Fact } from '../../../server/facts.ts';

export interface MonitoringPart {
  readonly hearer?: LineHearer;
  onFact?(fact: Fact): void;
  close(): Promise<void>;
}
