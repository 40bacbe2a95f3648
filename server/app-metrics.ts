// Brings the metrics together with the parts of the server that they read when somebody asks.
import { availableParallelism } from 'node:os';
import type { Router } from 'express';
import type { Config } from '../config/schema.ts';
import { metricsHttp } from './monitoring/metrics/metrics.http.ts';
import type { Metrics } from './monitoring/metrics/metrics.ts';
import { readAll, type Sources } from './monitoring/readings.ts';

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'media' | 'metricsToken'>;
  readonly metrics: Metrics;
  /** Where the media are: in processes of their own, or in this one, which counts as one worker. */
  readonly engine: 'processes' | 'here';
  readonly sources: Omit<Sources, 'dataDir' | 'workersWanted'>;
}

export function openMetrics({ config, metrics, engine, sources }: Parts): Router {
  const workersWanted = engine === 'here' ? 1 : config.media.workers || availableParallelism();
  return metricsHttp(metrics, () => readAll({ ...sources, dataDir: config.dataDir, workersWanted }), config.metricsToken);
}
