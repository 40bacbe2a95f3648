// For tests: a server that makes files of the recordings in a folder until it is killed.
import { ExportWorld } from './export-world.ts';

const [, , root = ''] = process.argv;
const world = await ExportWorld.at(root);
const { queue, exports } = world.server();
await queue.start();
await exports.catchUp();
await queue.idle();
await world.db.destroy();
