// What the server tells of a request while it is done, step by step: for whoever looks why one took so long. Rules Y13 to Y16.

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Of a request from outside, as far as it may say to which trace it belongs: https://www.w3.org/TR/trace-context/ */
export interface TraceHeaders {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

export interface RequestSpan {
  /** What is begun in `work` is part of the request. */
  run<T>(work: () => T): T;
  /** Once. Missing name: as begun. `failed`: by the fault of the server. */
  end(how: { readonly name?: string; readonly attributes?: Attributes; readonly failed: boolean }): void;
}

export interface Tracing {
  /** A request came in. With headers it goes on with the trace that they name, else it begins one. */
  begin(name: string, attributes: Attributes, headers: TraceHeaders | null): RequestSpan;
  /** A step of the request that is under way; outside of one it is only done. */
  step<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** The same of one that has just ended. */
  stepped(name: string, attributes: Attributes, how: { readonly durationMs: number; readonly failed: boolean }): void;
  /** What has ended is sent. Safe twice. */
  close(): Promise<void>;
}
