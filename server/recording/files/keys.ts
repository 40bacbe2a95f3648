// The keys of recordings: one for each, wrapped by a key of the server that lies in the data folder and nowhere else.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** One key a line, the newest first: its id, and the key in base64url. Older ones stay, for the database may come back from a copy. */
const lineOfKey = /^([0-9a-f]{8}) ([A-Za-z0-9_-]{43})$/;
const wrappedKey = /^1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

interface MasterKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** The wrapped key cannot be opened: made by a key that is not here, of another recording, or changed. */
export class KeyMissing extends Error {}

/** `recordings.key` in the data folder, read when it is first needed. */
export class RecordingKeys {
  readonly #path: string;
  #keys: readonly MasterKey[] | undefined;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'recordings.key');
  }

  /** A new key, wrapped for this recording. The file is made when there is none. */
  make(recordingId: string): string {
    return this.#wrap(recordingId, randomBytes(keyBytes));
  }

  open(recordingId: string, sealedKey: string): Buffer {
    const [, keyId = '', text = ''] = wrappedKey.exec(sealedKey) ?? [];
    const master = this.#find(keyId);
    if (!master) throw new KeyMissing(`recordings.key does not hold key ${keyId}, by which the key of recording ${recordingId} is wrapped`);
    const wrapped = Buffer.from(text, 'base64url');
    try {
      const opening = createDecipheriv('aes-256-gcm', master.bytes, wrapped.subarray(0, nonceBytes), { authTagLength: tagBytes });
      opening.setAAD(boundTo(recordingId));
      opening.setAuthTag(wrapped.subarray(-tagBytes));
      return Buffer.concat([opening.update(wrapped.subarray(nonceBytes, -tagBytes)), opening.final()]);
    } catch (error) {
      throw new KeyMissing(`the key of recording ${recordingId} was changed, or is of another recording`, { cause: error });
    }
  }

  /** New keys are wrapped by a new one from now on; what was wrapped before still opens. Answers its id. */
  rotate(): string {
    const key = newMasterKey();
    this.#keys = [key, ...this.#read()];
    renameSync(this.#draft(this.#keys), this.#path);
    return key.id;
  }

  /** The same key of a recording, wrapped by the newest; null when it is already. */
  rewrap(recordingId: string, sealedKey: string): string | null {
    if (wrappedKey.exec(sealedKey)?.[1] === this.#newest().id) return null;
    return this.#wrap(recordingId, this.open(recordingId, sealedKey));
  }

  #wrap(recordingId: string, key: Buffer): string {
    const { id, bytes } = this.#newest();
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', bytes, nonce);
    cipher.setAAD(boundTo(recordingId));
    const wrapped = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return `1.${id}.${wrapped.toString('base64url')}`;
  }

  #find(keyId: string): MasterKey | undefined {
    const isIt = ({ id }: MasterKey) => id === keyId;
    const known = this.#all().find(isIt);
    if (known) return known;
    // Another process may have changed the key, or an operator put the file back.
    this.#keys = undefined;
    return this.#all().find(isIt);
  }

  /** As the file says now, for another process may have changed the key. */
  #newest(): MasterKey {
    this.#keys = this.#read();
    const [newest] = this.#keys;
    if (newest) return newest;
    this.#make(newMasterKey());
    this.#keys = this.#read();
    const [made] = this.#keys;
    if (!made) throw new Error(`Cannot read ${this.#path}`);
    return made;
  }

  #all(): readonly MasterKey[] {
    this.#keys ??= this.#read();
    return this.#keys;
  }

  #read(): readonly MasterKey[] {
    const lines = textOf(this.#path)?.split('\n') ?? [];
    return lines.flatMap((line) => {
      if (line.trim() === '' || line.startsWith('#')) return [];
      const [, id, key] = lineOfKey.exec(line.trim()) ?? [];
      if (id === undefined || key === undefined) throw new Error(`${this.#path} holds a line that is no key: restore the file`);
      return [{ id, bytes: Buffer.from(key, 'base64url') }];
    });
  }

  #make(key: MasterKey): void {
    const draft = this.#draft([key]);
    try {
      // A link never replaces a key that another process made meanwhile.
      linkSync(draft, this.#path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  #draft(keys: readonly MasterKey[]): string {
    const path = `${this.#path}.${randomBytes(6).toString('hex')}`;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const text = `# Without this file no encrypted recording can be watched again: keep a copy elsewhere.\n${keys.map(({ id, bytes }) => `${id} ${bytes.toString('base64url')}\n`).join('')}`;
    writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(path, 0o600);
    return path;
  }
}

const newMasterKey = (): MasterKey => ({ id: randomBytes(4).toString('hex'), bytes: randomBytes(keyBytes) });

const boundTo = (recordingId: string): Buffer => Buffer.from(`auditoria recording key 1:${recordingId}`);

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
