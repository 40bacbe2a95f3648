// The settings of traces: what a request did, step by step, sent to a collector of OpenTelemetry. Off until an address is set.
import { z } from 'zod';

export const tracing = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe(
      'Where traces are sent by OTLP over HTTP, like http://127.0.0.1:4318/v1/traces of a collector; null sends none, and loads nothing for it.',
    ),
  share: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe(
      'The share of requests that are traced, 0.05 is one in twenty; those of which a trusted proxy says that they belong to a trace (traceparent) follow it instead.',
    ),
});
