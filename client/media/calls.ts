// How the media parts ask the server, and the error that carries its refusal through mediasoup-client.
import type { RequestInput, RequestName, RequestOutput } from '../../server/contract/index.ts';
import type { Failure, Outcome } from '../session/outcome.ts';

export type Call = <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<Outcome<RequestOutput<N>>>;

/** mediasoup-client hands back the error that a callback was given: the refusal travels inside it. */
export class CallFailed extends Error {
  readonly failure: Failure;

  constructor(name: RequestName, failure: Failure) {
    super(`${name}: ${failure.code}`);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** The value of the answer; throws `CallFailed` on a refusal. */
export async function ask<N extends RequestName>(call: Call, name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const outcome = await call(name, input);
  if (outcome.ok) return outcome.value;
  throw new CallFailed(name, outcome);
}
