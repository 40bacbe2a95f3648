// For tests: what a service of recordings needs beside its recorder, where nothing is sealed and space never ends.

import type { RecordingServiceOptions } from '../../recording.service.ts';

/** Nothing is logged, told or measured either. */
export const plainSurroundings = {
  files: { newKey: () => null, open: () => null, closed: () => undefined },
  space: { level: () => 'ample', onChange: () => () => undefined },
  publication: { audience: 'lesson', download: true },
  doorClosesAt: async () => null,
  tracksNow: () => [],
  publish: async () => undefined,
  metrics: { written: () => undefined },
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
} as const satisfies Partial<RecordingServiceOptions>;
