// The keys of the trace as files in the data folder: the private one of the key in use, and the public ones of all there were.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { keyIdOf } from './heads.ts';

/** Whatever the database calls a key: a name of a file in another folder is none. */
const keyId = /^[0-9a-f]{16}$/;
const Jwk = z.object({ x: z.string() });

export interface SigningKey {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export class KeyFiles {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'trace', 'keys');
  }

  /** Made, and on disk. */
  async generate(): Promise<SigningKey> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = signingKey(privateKey);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await chmod(this.#folder, 0o700);
    await this.#write(`${key.id}.pub`, `${key.publicKey}\n`);
    await this.#write(`${key.id}.pem`, String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    return key;
  }

  /** Null when its private part is not here, or is another's. */
  async find(id: string): Promise<SigningKey | null> {
    if (!keyId.test(id)) return null;
    const pem = await readFile(join(this.#folder, `${id}.pem`), 'utf8').catch(missing);
    if (pem === null) return null;
    const key = signingKey(createPrivateKey(pem));
    return key.id === id ? key : null;
  }

  /** Whoever takes a key that is out of use can sign no day that is past. */
  async forget(id: string): Promise<void> {
    if (keyId.test(id)) await rm(join(this.#folder, `${id}.pem`), { force: true });
  }

  /** Ids of all keys that this data folder has made; null when it has made none. */
  async known(): Promise<ReadonlySet<string> | null> {
    const names = await readdir(this.#folder).catch(missing);
    const ids = (names ?? []).filter((name) => name.endsWith('.pub')).map((name) => name.slice(0, -4));
    return ids.length === 0 ? null : new Set(ids);
  }

  async #write(name: string, text: string): Promise<void> {
    const path = join(this.#folder, name);
    const file = await open(`${path}.part`, 'w', 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
  }
}

function signingKey(privateKey: KeyObject): SigningKey {
  const { x } = Jwk.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
  return { id: keyIdOf(x), publicKey: x, privateKey };
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
