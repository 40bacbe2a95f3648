// Why a recording may not be watched, in words for what the server says.
import { ApiError } from '../../app/api.ts';
import type { TextKey } from '../../i18n/index.ts';

const texts: Readonly<Record<string, TextKey>> = {
  hidden: 'recording.refused.hidden',
  'not-yet': 'recording.refused.notYet',
  'no-longer': 'recording.refused.noLonger',
  'rewind-not-allowed': 'recording.refused.rewind',
  trashed: 'recording.refused.trashed',
  'no-download': 'recording.refused.noDownload',
  cut: 'recording.refused.cut',
};

/** Undefined when it is no refusal. */
export function refusedText({ code, why }: { readonly code: string; readonly why?: string | undefined }): TextKey | undefined {
  if (code === 'not-allowed') return texts[why ?? ''] ?? 'recording.refused.now';
  return code === 'not-signed-in' || code === 'token-expired' ? 'recording.refused.signedOut' : undefined;
}

/** Of a call that failed. */
export function refusalOf(error: unknown): TextKey | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const why = error.details?.why;
  return refusedText({ code: error.code, why: typeof why === 'string' ? why : undefined });
}
