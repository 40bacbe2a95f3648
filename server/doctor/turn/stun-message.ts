// The messages of STUN and TURN that the doctor speaks with a relay (RFC 8489 and RFC 8656): written and read, nothing sent.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';

export const method = { binding: 0x001, allocate: 0x003, refresh: 0x004, permission: 0x008 } as const;
export const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  lifetime: 0x000d,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
  mapped: 0x0020,
} as const;

const cookie = 0x2112a442;
const headBytes = 20;
const integrityBytes = 24;

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly nonce: string;
}

export interface Answer {
  readonly transaction: string;
  /** Null: it succeeded. */
  readonly error: { readonly code: number; readonly reason: string } | null;
  text(type: number): string;
  /** An address of this kind, without its port. */
  address(type: number): string | null;
}

type Attribute = readonly [type: number, value: Buffer];

export function request(kind: number, attributes: readonly Attribute[], as?: Credentials): { bytes: Buffer; transaction: string } {
  const transaction = randomBytes(12);
  const proven: readonly Attribute[] =
    as === undefined
      ? []
      : [
          [attribute.username, Buffer.from(as.username)],
          [attribute.realm, Buffer.from(as.realm)],
          [attribute.nonce, Buffer.from(as.nonce)],
        ];
  const body = Buffer.concat([...attributes, ...proven].map(([type, value]) => encoded(type, value)));
  const head = (length: number) => {
    const bytes = Buffer.alloc(headBytes);
    bytes.writeUInt16BE(kind, 0);
    bytes.writeUInt16BE(length, 2);
    bytes.writeUInt32BE(cookie, 4);
    transaction.copy(bytes, 8);
    return bytes;
  };
  const id = transaction.toString('hex');
  if (as === undefined) return { bytes: Buffer.concat([head(body.length), body]), transaction: id };
  // The length that is proven counts the proof as well.
  const said = Buffer.concat([head(body.length + integrityBytes), body]);
  const key = createHash('md5').update(`${as.username}:${as.realm}:${as.password}`).digest();
  const proof = encoded(attribute.integrity, createHmac('sha1', key).update(said).digest());
  return { bytes: Buffer.concat([said, proof]), transaction: id };
}

/** Null while it is not whole, or is no such message. */
export function readAnswer(bytes: Buffer): { readonly answer: Answer; readonly length: number } | null {
  if (bytes.length < headBytes || bytes.readUInt32BE(4) !== cookie) return null;
  const length = headBytes + bytes.readUInt16BE(2);
  if (bytes.length < length) return null;
  const attributes = new Map<number, Buffer>();
  for (let at = headBytes; at + 4 <= length; ) {
    const size = bytes.readUInt16BE(at + 2);
    if (!attributes.has(bytes.readUInt16BE(at))) attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + size));
    at += 4 + padded(size);
  }
  const error = attributes.get(attribute.error);
  return {
    length,
    answer: {
      transaction: bytes.subarray(8, headBytes).toString('hex'),
      error:
        error === undefined || error.length < 4
          ? null
          : { code: ((error[2] ?? 0) & 7) * 100 + (error[3] ?? 0), reason: error.subarray(4).toString() },
      text: (type) => (attributes.get(type) ?? Buffer.alloc(0)).toString(),
      address: (type) => addressIn(attributes.get(type)),
    },
  };
}

/** Of a peer that is IPv4: that is what relays are asked for here. */
export function peerAddress(address: string, port: number): Buffer {
  if (!isIPv4(address)) throw new Error(`${address} is no IPv4 address`);
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ (cookie >>> 16), 2);
  const plain = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  value.writeUInt32BE((plain ^ cookie) >>> 0, 4);
  return value;
}

function addressIn(value: Buffer | undefined): string | null {
  if (value === undefined || value.length < 8 || value[1] !== 1) return null;
  const plain = (value.readUInt32BE(4) ^ cookie) >>> 0;
  return [24, 16, 8, 0].map((shift) => (plain >>> shift) & 255).join('.');
}

const padded = (size: number): number => Math.ceil(size / 4) * 4;

function encoded(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length));
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}
