// Decides how full the store of recordings is, in four levels that do not flutter.
import type { SpaceLevel } from '../../contract/recording-keeping.ts';

/** Free shares below which a level begins: of the settings. */
export interface LevelShares {
  readonly tightShare: number;
  readonly scarceShare: number;
  readonly fullShare: number;
}

export interface Measured {
  /** Of the file system; what only the system's administrator may fill is not counted. */
  readonly disk: { readonly totalBytes: number; readonly freeBytes: number };
  readonly usedBytes: number;
  /** Null: no quota. */
  readonly quotaBytes: number | null;
}

/** From the best to the worst. */
const levels = ['ample', 'tight', 'scarce', 'full'] as const satisfies readonly SpaceLevel[];

export const isWorse = (level: SpaceLevel, than: SpaceLevel): boolean => levels.indexOf(level) > levels.indexOf(than);

/** Of the file system or of the quota, whichever is nearer to its end: 0 to 1. */
export function freeShare({ disk, usedBytes, quotaBytes }: Measured): number {
  const ofDisk = disk.totalBytes === 0 ? 0 : disk.freeBytes / disk.totalBytes;
  const ofQuota = quotaBytes === null ? 1 : 1 - usedBytes / quotaBytes;
  return Math.min(1, Math.max(0, Math.min(ofDisk, ofQuota)));
}

/** What can still be written, in bytes. */
export function freeBytes({ disk, usedBytes, quotaBytes }: Measured): number {
  return Math.max(0, quotaBytes === null ? disk.freeBytes : Math.min(disk.freeBytes, quotaBytes - usedBytes));
}

/** A fifth more than where a level began must be free before it ends, so that a store at the border does not change with every file (V20). */
const AGAIN = 1.2;

export function levelOf(share: number, before: SpaceLevel, shares: LevelShares): SpaceLevel {
  const { tightShare, scarceShare, fullShare } = shares;
  const begins = { ample: 1, tight: tightShare, scarce: scarceShare, full: fullShare };
  const holds = (level: 'tight' | 'scarce' | 'full') => {
    const border = begins[level];
    const isIn = !isWorse(level, before);
    return share < (isIn ? Math.min(border * AGAIN, (1 + border) / 2) : border);
  };
  return holds('full') ? 'full' : holds('scarce') ? 'scarce' : holds('tight') ? 'tight' : 'ample';
}
