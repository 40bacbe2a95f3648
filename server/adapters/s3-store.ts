// Keeps objects in a store that speaks S3. The SDK is loaded with the first store, for most servers have none.
import { Readable } from 'node:stream';
import { z } from 'zod';
import { RemoteFailed, type RemoteStore, UploadGone } from '../recording/files/remote.ts';

type Sdk = typeof import('@aws-sdk/client-s3');
type Client = InstanceType<Sdk['S3Client']>;

export interface S3Settings {
  /** Null: the region's own. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** Whether the bucket stands in the path and not in the name of the host. */
  readonly pathStyle: boolean;
  /** Null: as the environment says (variables, files, the machine's role). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** For tests. How long a line may say nothing. */
  readonly idleMs?: number;
}

const CONNECT_MS = 5_000;
const IDLE_MS = 30_000;
/** A part over a line of one megabit. */
const REQUEST_MS = 120_000;
/** The carrier tries again by itself, and waits longer. */
const ATTEMPTS = 2;
const Failure = z.object({
  name: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});
type Failure = z.infer<typeof Failure>;

export class S3Store implements RemoteStore {
  readonly #sdk: Sdk;
  readonly #client: Client;
  readonly #bucket: string;

  private constructor(sdk: Sdk, { endpoint, region, bucket, pathStyle, credentials, idleMs = IDLE_MS }: S3Settings) {
    this.#sdk = sdk;
    this.#bucket = bucket;
    this.#client = new sdk.S3Client({
      region,
      forcePathStyle: pathStyle,
      maxAttempts: ATTEMPTS,
      // Older MinIO and Ceph refuse the checksums that the SDK adds by itself; what arrived is read back anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: Math.max(idleMs, Math.min(REQUEST_MS, idleMs * 4)),
        socketTimeout: idleMs,
        throwOnRequestTimeout: true,
      },
      ...(endpoint === null ? {} : { endpoint }),
      ...(credentials === null ? {} : { credentials }),
    });
  }

  static async open(settings: S3Settings): Promise<S3Store> {
    return new S3Store(await import('@aws-sdk/client-s3'), settings);
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    await asked(() =>
      this.#client.send(new this.#sdk.PutObjectCommand({ ...this.#object(key), Body: bytes, ContentLength: bytes.length })),
    );
  }

  async begin(key: string): Promise<string> {
    const { UploadId } = await asked(() => this.#client.send(new this.#sdk.CreateMultipartUploadCommand(this.#object(key))));
    if (UploadId === undefined) throw new RemoteFailed('the store began an upload without an id');
    return UploadId;
  }

  async part(key: string, uploadId: string, number: number, bytes: Buffer): Promise<string> {
    const command = { ...this.#object(key), UploadId: uploadId, PartNumber: number, Body: bytes, ContentLength: bytes.length };
    const { ETag } = await asked(() => this.#client.send(new this.#sdk.UploadPartCommand(command)));
    if (ETag === undefined) throw new RemoteFailed('the store took a part without a tag');
    return ETag;
  }

  async finish(key: string, uploadId: string, parts: readonly string[]): Promise<void> {
    const Parts = parts.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    const command = { ...this.#object(key), UploadId: uploadId, MultipartUpload: { Parts } };
    await asked(() => this.#client.send(new this.#sdk.CompleteMultipartUploadCommand(command)));
  }

  async abort(key: string, uploadId: string): Promise<void> {
    await asked(() => this.#client.send(new this.#sdk.AbortMultipartUploadCommand({ ...this.#object(key), UploadId: uploadId }))).catch(
      (error: unknown) => {
        if (!(error instanceof UploadGone)) throw error;
      },
    );
  }

  async size(key: string): Promise<number | undefined> {
    try {
      return (await this.#client.send(new this.#sdk.HeadObjectCommand(this.#object(key)))).ContentLength;
    } catch (error) {
      const failure = failureOf(error);
      // A bucket that is not there has a name in its answer, an object that is not there only the status.
      if (failure.$metadata?.httpStatusCode === 404 && failure.name !== 'NoSuchBucket') return undefined;
      throw failed(error);
    }
  }

  async *read(key: string, start: number, end: number): AsyncIterable<Buffer> {
    const range = `bytes=${start}-${end - 1}`;
    const { Body, ContentRange } = await asked(() =>
      this.#client.send(new this.#sdk.GetObjectCommand({ ...this.#object(key), Range: range })),
    );
    if (!(Body instanceof Readable)) throw new RemoteFailed('the store answered without content');
    let bytes = 0;
    try {
      if (start > 0 && !ContentRange?.startsWith(`bytes ${start}-`)) throw new RemoteFailed('the store heeds no ranges');
      for await (const chunk of Body) {
        // Some stores send more than was asked for.
        const piece = Buffer.from(chunk).subarray(0, end - start - bytes);
        bytes += piece.length;
        if (piece.length > 0) yield piece;
      }
    } catch (error) {
      throw failed(error);
    } finally {
      Body.destroy();
    }
    if (bytes !== end - start) throw new RemoteFailed(`the store sent ${bytes} bytes instead of ${end - start}`);
  }

  async remove(key: string): Promise<void> {
    await asked(() => this.#client.send(new this.#sdk.DeleteObjectCommand(this.#object(key))));
  }

  async abortAll(prefix: string): Promise<void> {
    const list = () => this.#client.send(new this.#sdk.ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: prefix }));
    for (;;) {
      const { Uploads = [], IsTruncated } = await asked(list);
      // Some stores heed no prefix.
      const ours = Uploads.filter(({ Key }) => Key?.startsWith(prefix));
      for (const { Key, UploadId } of ours) if (Key !== undefined && UploadId !== undefined) await this.abort(Key, UploadId);
      if (!IsTruncated || ours.length === 0) return;
    }
  }

  async removeAll(prefix: string): Promise<void> {
    await this.abortAll(prefix);
    for (;;) {
      const command = new this.#sdk.ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix });
      const { Contents = [] } = await asked(() => this.#client.send(command));
      if (Contents.length === 0) return;
      // One by one: deletion in bulk needs a checksum that older stores refuse, and a recording has a hundred files.
      for (const { Key } of Contents) if (Key !== undefined) await this.remove(Key);
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #object(key: string) {
    return { Bucket: this.#bucket, Key: key };
  }
}

const asked = async <T>(send: () => Promise<T>): Promise<T> => {
  try {
    return await send();
  } catch (error) {
    throw failureOf(error).name === 'NoSuchUpload' ? new UploadGone('the upload is gone', { cause: error }) : failed(error);
  }
};

const failureOf = (error: unknown): Failure => Failure.safeParse(error).data ?? {};

/** In few words and without the request, which holds our key. */
const failed = (error: unknown): RemoteFailed => {
  if (error instanceof RemoteFailed) return error;
  const { name, code, message, $metadata } = failureOf(error);
  const status = $metadata?.httpStatusCode;
  const words = [status, code ?? name, status === undefined || status < 500 ? message : undefined];
  return new RemoteFailed(words.filter((word) => word !== undefined && word !== '').join(' ') || 'no answer');
};
