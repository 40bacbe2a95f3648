// Opens what sends traces, where the settings name an address for them; else nothing of it is even loaded (Y13).
import type { Config } from '../config/schema.ts';
import type { Log } from './log.ts';
import type { Tracing } from './tracing/tracing.ts';

export async function openTracing({ url, share }: Config['tracing'], version: string, log: Log): Promise<Tracing | null> {
  if (url === null) return null;
  const { OtlpTracing } = await import('./adapters/otlp-tracing.ts');
  return new OtlpTracing({ url, share, version, log });
}
