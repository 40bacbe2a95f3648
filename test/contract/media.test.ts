// The fake media engine keeps to the same rules as the real one.
import { FakeMedia } from '../support/fake-media.ts';
import { mediaEngineSuite } from './media.ts';

mediaEngineSuite('the fake engine', async () => {
  const engine = new FakeMedia({ workers: 2 });
  return { engine, killWorker: async () => engine.killWorker() };
});
