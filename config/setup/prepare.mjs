// npm run setup: makes the machine ready for npm start without starting anything, as an installation on a server wants it.
import { say } from './say.mjs';
import { setUp } from './setup.mjs';

const { env } = await setUp('serve');
say(`Ready. Media worker: ${env.MEDIASOUP_WORKER_BIN}`);
