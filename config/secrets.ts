// Reads the secrets that the settings name: from files and from environment variables.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RecordingConfig } from './recordings.ts';
import type { RecordsConfig } from './records.ts';
import type { ProviderConfig, Secret } from './sign-in.ts';

/** The variables that hold secrets: they may be called like settings. */
export function secretVariables(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretVariables);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'variable' && typeof inner === 'string' ? [inner] : secretVariables(inner),
  );
}

/** The files that hold a secret each, as they are written. */
export function secretFiles(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretFiles);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'file' && typeof inner === 'string' ? [inner] : secretFiles(inner)));
}

/** Every secret of the providers as plain text; what cannot be read is added to the faults. */
export function withSecrets(
  providers: readonly ProviderConfig[],
  env: NodeJS.ProcessEnv,
  folder: string,
  faults: string[],
): ProviderConfig[] {
  const read = reader(env, folder, faults);
  const filled = (one: ProviderConfig): ProviderConfig => {
    const where = `signIn.providers.${one.id}`;
    switch (one.kind) {
      case 'oidc':
        return { ...one, clientSecret: one.clientSecret === null ? null : read(one.clientSecret, `${where}.clientSecret`) };
      case 'saml':
        return { ...one, certificates: one.certificates.map((each) => read(each, `${where}.certificates`)) };
      case 'ldap': {
        const ca = one.ca === null ? null : resolve(folder, one.ca);
        if (ca !== null && fileText(ca) === undefined) faults.push(`${where}.ca: cannot read ${one.ca}`);
        return { ...one, ca, bind: one.bind && { ...one.bind, password: read(one.bind.password, `${where}.bind.password`) } };
      }
    }
  };
  return providers.map(filled);
}

/** Standard Webhooks: a secret has 24 to 64 bytes. */
const webhookSecret = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

export function withRecordsSecrets(records: RecordsConfig, env: NodeJS.ProcessEnv, folder: string, faults: string[]): RecordsConfig {
  const read = reader(env, folder, faults);
  const lrsPassword = records.lrsPassword === null ? null : read(records.lrsPassword, 'records.lrsPassword');
  const webhooks = records.webhooks.map((one) => {
    const where = `records.webhooks.${one.id}.secret`;
    const secret = read(one.secret, where);
    if (secret !== '' && !webhookSecret.test(secret)) faults.push(`${where}: is not whsec_ and the base64 of 24 to 64 bytes`);
    return { ...one, secret };
  });
  return { ...records, lrsPassword, webhooks };
}

export function withRecordingSecrets(
  recording: RecordingConfig,
  env: NodeJS.ProcessEnv,
  folder: string,
  faults: string[],
): RecordingConfig {
  const read = reader(env, folder, faults);
  const filled = (key: 's3AccessKey' | 's3SecretKey') => {
    const secret = recording[key];
    return secret === null ? null : read(secret, `recording.${key}`);
  };
  return { ...recording, s3AccessKey: filled('s3AccessKey'), s3SecretKey: filled('s3SecretKey') };
}

function reader(env: NodeJS.ProcessEnv, folder: string, faults: string[]): (secret: Secret, where: string) => string {
  return (secret, where) => {
    if (typeof secret === 'string') return secret;
    const text = 'variable' in secret ? env[secret.variable] : fileText(resolve(folder, secret.file));
    if (!text) faults.push(`${where}: cannot read ${'variable' in secret ? secret.variable : secret.file}`);
    return text ?? '';
  };
}

function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
