// HTTP: how many requests, how they ended, how long they took (rate, errors, duration).
import type { RequestHandler, Response } from 'express';
import { RefusalCode } from '../../contract/reply.ts';
import { answerSeconds, type Instruments } from './instruments.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export interface HttpMetrics {
  /** Put before the routers. */
  readonly count: RequestHandler;
}

/** @param answered told of each request, its route as `GET /path`; `refusal` is null when it was not refused */
export function httpMetrics(instruments: Instruments, answered: (route: string, refusal: RefusalCode | null) => void): HttpMetrics {
  const requests = instruments.counter('http_requests_total', 'HTTP requests', ['method', 'route', 'status']);
  const seconds = instruments.histogram('http_request_seconds', 'Time to answer an HTTP request', answerSeconds, ['route']);
  const refusals = instruments.counter('http_refusals_total', 'HTTP requests that were refused, by the code of the refusal', ['code']);
  const running = instruments.gauge('http_requests_running', 'HTTP requests that are not answered yet');
  return {
    count(request, response, next) {
      const began = performance.now();
      running.inc();
      response.once('close', () => {
        running.dec();
        // Paths that no router knows are one label, or a scanner could fill the memory (Y2).
        const path: unknown = request.route?.path;
        const route = typeof path === 'string' ? `${request.baseUrl}${path}` : 'other';
        const method = methods.has(request.method) ? request.method : 'other';
        const refusal = refusalOf(response);
        requests.inc({ method, route, status: String(response.statusCode) });
        seconds.observe({ route }, (performance.now() - began) / 1000);
        if (refusal !== null) refusals.inc({ code: refusal });
        answered(`${method} ${route}`, refusal);
      });
      next();
    },
  };
}

/** As `answerErrors` has left it there. */
function refusalOf({ locals }: Response): RefusalCode | null {
  const code: unknown = locals.refusal;
  return RefusalCode.safeParse(code).data ?? null;
}
