// What comes to the server and what leaves it, in one cell: of a room or of a media worker.
import { useText } from '../../i18n/index.ts';
import type { Room, Worker } from './figures.ts';
import { mbits } from './format.ts';

type Carrier = Pick<Room | Worker, 'producers' | 'consumers' | 'inBps' | 'outBps'>;

export function Streams({ of: { producers, consumers } }: { readonly of: Carrier }) {
  const { number } = useText();
  return <Both into={number(producers)} out={number(consumers)} />;
}

export function Traffic({ of: { inBps, outBps } }: { readonly of: Carrier }) {
  const texts = useText();
  return <Both into={mbits(texts, inBps)} out={mbits(texts, outBps)} />;
}

function Both({ into, out }: { readonly into: string; readonly out: string }) {
  return (
    <span className="status-both">
      {into} / {out}
    </span>
  );
}
