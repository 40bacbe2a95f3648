// Traces by OpenTelemetry, sent by OTLP over HTTP. Loaded only where an address is set: nothing here is global.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Attributes, RequestSpan, TraceHeaders, Tracing } from '../tracing/tracing.ts';

export interface OtlpOptions {
  readonly url: string;
  /** Of requests that belong to no trace yet: 0 to 1. */
  readonly share: number;
  readonly version: string;
  readonly log: {
    info(context: object, message: string): void;
    warn(context: object, message: string): void;
  };
}

/** What waits to be sent; what comes on top of it is dropped rather than kept. */
const mostWaiting = 4096;
const sendEveryMs = 2000;
/** A collector that does not answer must not hold the server's end. */
const longestCloseMs = 2000;

const getter = {
  get: (headers: TraceHeaders, name: string) =>
    name === 'traceparent' ? headers.traceparent : name === 'tracestate' ? headers.tracestate : undefined,
  keys: () => ['traceparent', 'tracestate'],
};

export class OtlpTracing implements Tracing {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #propagator = new W3CTraceContextPropagator();
  /** The step that is under way. */
  readonly #current = new AsyncLocalStorage<Context>();
  #closing: Promise<void> | undefined;

  constructor({ url, share, version, log }: OtlpOptions) {
    const exporter = tellingFailures(new OTLPTraceExporter({ url, timeoutMillis: 5000 }), url, log);
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'auditoria', 'service.version': version }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter, maxQueueSize: mostWaiting, maxExportBatchSize: 512, scheduledDelayMillis: sendEveryMs }),
      ],
    });
    this.#tracer = this.#provider.getTracer('auditoria', version);
  }

  begin(name: string, attributes: Attributes, headers: TraceHeaders | null): RequestSpan {
    const above = headers === null ? ROOT_CONTEXT : this.#propagator.extract(ROOT_CONTEXT, headers, getter);
    const span = this.#tracer.startSpan(name, { kind: SpanKind.SERVER, attributes: { ...attributes } }, above);
    const inside = trace.setSpan(above, span);
    return {
      run: (work) => this.#current.run(inside, work),
      end({ name: better, attributes: more, failed }) {
        if (better !== undefined) span.updateName(better);
        if (more !== undefined) span.setAttributes({ ...more });
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  async step<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
    const above = this.#current.getStore();
    if (above === undefined) return work();
    const span = this.#tracer.startSpan(name, { attributes: { ...attributes } }, above);
    try {
      return await this.#current.run(trace.setSpan(above, span), work);
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  stepped(name: string, attributes: Attributes, how: { readonly durationMs: number; readonly failed: boolean }): void {
    const above = this.#current.getStore();
    if (above === undefined) return;
    const endTime = Date.now();
    const startTime = endTime - how.durationMs;
    const span = this.#tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: { ...attributes }, startTime }, above);
    if (how.failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
  }

  close(): Promise<void> {
    this.#closing ??= Promise.race([
      this.#provider.shutdown().catch(() => undefined),
      new Promise<void>((done) => setTimeout(done, longestCloseMs).unref()),
    ]);
    return this.#closing;
  }
}

/** Its name and no more: what an error says may hold what people wrote. */
function failed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
}

/** Once when it begins to fail, and once when it is over. */
function tellingFailures(exporter: SpanExporter, url: string, log: OtlpOptions['log']): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const fails = result.code !== ExportResultCode.SUCCESS;
        if (fails && !isFailing)
          log.warn({ url, error: result.error }, 'Traces cannot be sent, and are dropped: see that the collector runs');
        if (!fails && isFailing) log.info({ url }, 'Traces are sent again');
        isFailing = fails;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
