// The media engine with its native worker keeps to the port.
import { mediaEngineSuite } from '../contract/media.ts';
import { killWorkers, openRealEngine } from './real-engine.ts';

mediaEngineSuite('the engine on mediasoup', async () => {
  const engine = await openRealEngine();
  return { engine, killWorker: () => killWorkers(engine) };
});
