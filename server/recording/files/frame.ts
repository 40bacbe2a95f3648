// One sealed frame: how it is laid out, made and opened.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export const mostInFrame = 1024 * 1024;
const magic = Buffer.from('AuF1');
export const tagBytes = 16;
/** What the associated data repeats of the header. */
const boundBytes = 16;
const nonceAt = boundBytes;
const tagAt = nonceAt + 12;
export const headerBytes = tagAt + tagBytes;
/** Stands before the first frame. */
export const noTag = Buffer.alloc(tagBytes);

/** What lies there is not what was written. */
export class FrameBroken extends Error {}

/** @param before the tag of the frame that this one follows */
export const sealFrame = (key: Buffer, plain: Buffer, plainAt: number, before: Buffer): Buffer => {
  const frame = Buffer.allocUnsafe(headerBytes + plain.length);
  magic.copy(frame);
  frame.writeUInt32BE(plain.length, 4);
  frame.writeBigUInt64BE(BigInt(plainAt), 8);
  const nonce = randomBytes(12);
  nonce.copy(frame, nonceAt);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([frame.subarray(0, boundBytes), before]));
  cipher.update(plain).copy(frame, headerBytes);
  cipher.final();
  cipher.getAuthTag().copy(frame, tagAt);
  return frame;
};

/** Throws `FrameBroken` when one bit of it, its place, or the frame before it is another. */
export const openFrame = (key: Buffer, frame: Buffer, plainAt: number, before: Buffer): Buffer => {
  if (lengthOf(frame, plainAt) !== frame.length - headerBytes) throw new FrameBroken(`the frame at ${plainAt} was changed`);
  const opening = createDecipheriv('aes-256-gcm', key, frame.subarray(nonceAt, tagAt), { authTagLength: tagBytes });
  opening.setAAD(Buffer.concat([frame.subarray(0, boundBytes), before]));
  opening.setAuthTag(tagOf(frame));
  const plain = opening.update(frame.subarray(headerBytes));
  try {
    opening.final();
  } catch (error) {
    throw new FrameBroken(`the frame at ${plainAt} was changed, or belongs elsewhere`, { cause: error });
  }
  return plain;
};

/** Of a frame, or its header. */
export const tagOf = (frame: Buffer): Buffer => frame.subarray(tagAt, headerBytes);

/** Of the plain text; undefined when no frame that belongs at this plain offset begins here. */
export const lengthOf = (header: Buffer, plainAt: number): number | undefined => {
  if (header.length < headerBytes || !header.subarray(0, 4).equals(magic)) return undefined;
  const length = header.readUInt32BE(4);
  const isHere = header.readBigUInt64BE(8) === BigInt(plainAt);
  return isHere && length > 0 && length <= mostInFrame ? length : undefined;
};
