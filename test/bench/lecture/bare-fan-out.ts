// The least that brings one message to everybody: socket.io with one room. Sends what it is given, to all, whenever anybody asks.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { z } from 'zod';

const { message } = z.object({ message: z.string() }).parse(JSON.parse(process.argv[2] ?? '{}'));
const [event, payload] = z.tuple([z.string(), z.unknown()]).parse(JSON.parse(message));

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('tell', (mark: string, acknowledge: (answer: object) => void) => {
    io.to('room').emit(event, payload, mark);
    acknowledge({ ok: true });
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address !== null && typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.once('disconnect', () => process.exit(0));
