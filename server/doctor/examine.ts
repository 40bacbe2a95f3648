// Runs the checks beside one another, each within its time; what a check throws is a finding as well. Rules X1 and X3.
import { broken, type Check, type Examined, type Finding, wordsOf } from './finding.ts';

/** In the order of the checks, whichever is ready first. */
export async function examine(checks: readonly Check[], withinMs: number): Promise<readonly Examined[]> {
  const all = await Promise.all(checks.map((check) => one(check, withinMs)));
  return all.flat();
}

async function one({ name, look }: Check, withinMs: number): Promise<readonly Examined[]> {
  const findings = await Promise.race([look().catch(thrown), tooLate(withinMs)]);
  return findings.map((finding) => ({ check: name, ...finding }));
}

function thrown(error: unknown): readonly Finding[] {
  return [broken(`It could not be looked at: ${wordsOf(error)}`, 'Mend what the words name, and look again.')];
}

function tooLate(withinMs: number): Promise<readonly Finding[]> {
  return new Promise((done) => {
    const found = broken(`No answer within ${withinMs / 1000} s.`, 'Something that it asks hangs: look at what the settings name for it.');
    setTimeout(() => done([found]), withinMs).unref();
  });
}
