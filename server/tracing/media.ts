// The media engine with its slow calls as steps of a trace; all else goes through untouched.
import type { MediaEngine, MediaRoom, MediaTransport } from '../ports/media.ts';
import type { Tracing } from './tracing.ts';

/** For the methods of one object: how each is called instead. */
type Instead<T> = { readonly [K in keyof T]?: T[K] };

export function tracedEngine(engine: MediaEngine, tracing: Tracing): MediaEngine {
  return withInstead(engine, {
    openRoom: (lessonId, expected) =>
      tracing.step('media openRoom', {}, async () => tracedRoom(await engine.openRoom(lessonId, expected), tracing)),
  });
}

function tracedRoom(room: MediaRoom, tracing: Tracing): MediaRoom {
  return withInstead(room, {
    openTransport: (direction, forWhom) =>
      tracing.step('media openTransport', { direction }, async () =>
        tracedTransport(await room.openTransport(direction, forWhom), tracing),
      ),
  });
}

function tracedTransport(transport: MediaTransport, tracing: Tracing): MediaTransport {
  return withInstead(transport, {
    connect: (dtls) => tracing.step('media connect', {}, () => transport.connect(dtls)),
    restartIce: () => tracing.step('media restartIce', {}, () => transport.restartIce()),
    publish: (options) => tracing.step('media publish', { source: options.source }, () => transport.publish(options)),
    subscribe: (options) => tracing.step('media subscribe', {}, () => transport.subscribe(options)),
  });
}

/** The same object to whoever uses it: its fields are private to it, so that methods are called on itself. */
function withInstead<T extends object>(original: T, instead: Instead<T>): T {
  return new Proxy(original, {
    get(_target, key) {
      const replacement: unknown = Reflect.get(instead, key);
      if (replacement !== undefined) return replacement;
      const value: unknown = Reflect.get(original, key, original);
      return typeof value === 'function' ? value.bind(original) : value;
    },
  });
}
