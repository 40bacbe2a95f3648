// What a remote store of objects must offer, in words of S3.

/** Every call rejects with `RemoteFailed`. A `prefix` ends in a slash. */
export interface RemoteStore {
  put(key: string, bytes: Buffer): Promise<void>;
  /** A large object in parts, of which all but the last have `partBytes` at least. Answers the id of the upload. */
  begin(key: string): Promise<string>;
  /** Numbers begin at 1. Answers what `finish` must be told of the part. */
  part(key: string, uploadId: string, number: number, bytes: Buffer): Promise<string>;
  finish(key: string, uploadId: string, parts: readonly string[]): Promise<void>;
  /** Safe when the upload is gone. */
  abort(key: string, uploadId: string): Promise<void>;
  /** Undefined when there is no such object. */
  size(key: string): Promise<number | undefined>;
  /** `end` is not included. Throws in the middle when the line breaks. */
  read(key: string, start: number, end: number): AsyncIterable<Buffer>;
  remove(key: string): Promise<void>;
  /** Unfinished uploads of objects that begin so. */
  abortAll(prefix: string): Promise<void>;
  /** All objects that begin so, and unfinished uploads. */
  removeAll(prefix: string): Promise<void>;
  close(): void;
}

/** It did not do what it was asked for: away, slow, full, or refusing us. The message says which, for an operator. */
export class RemoteFailed extends Error {}

/** The upload is not known there: it was finished, or somebody cleaned up. */
export class UploadGone extends Error {}
