// Tells service managers and load balancers whether the process lives and whether it can serve.
import { Router } from 'express';

/** Each resolves when that part works, and rejects when not. */
export type HealthChecks = Readonly<Record<string, () => Promise<unknown>>>;

const PATIENCE_MS = 3000;

/** @param instance of the server, another one at each start: whoever knows it sees whether an address leads to this very server */
export function health(checks: HealthChecks, instance: string): Router {
  const router = Router();
  // However many ask, the parts are asked once at a time.
  let looking: Promise<Readonly<Record<string, boolean>>> | null = null;
  const look = async () =>
    Object.fromEntries(await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await works(check)] as const)));
  router.get('/healthz', (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ ok: true, instance });
  });
  router.get('/readyz', async (_request, response) => {
    looking ??= look().finally(() => {
      looking = null;
    });
    const parts = await looking;
    const ok = Object.values(parts).every(Boolean);
    response
      .status(ok ? 200 : 503)
      .setHeader('Cache-Control', 'no-store')
      .json({ ok, parts });
  });
  return router;
}

async function works(check: () => Promise<unknown>): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), PATIENCE_MS);
  try {
    return await Promise.race([check().then(() => true), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
