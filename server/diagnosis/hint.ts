// Whose fault it was, as far as figures tell: this person's line or device, a network, a worker, the server, the class, or what the teacher sent. Rules Z8 to Z13; pure.
import type { Cause, Counted, Evidence, Hint } from '../contract/diagnosis.ts';
import type { RefusalCode } from '../contract/reply.ts';
import { ofTheWay } from './judge.ts';
import type { Stretch } from './stretches.ts';

/** A device that was in some class at that time. */
export interface Present {
  readonly personId: string;
  readonly lessonId: string;
  readonly network: string;
  readonly worker: number | null;
  /** By what lies between server and person. */
  readonly isTroubled: boolean;
}

export interface Around {
  readonly present: readonly Present[];
  /** The worst share lost of what those who lead this class sent; null: nothing is known of it, or the person leads. */
  readonly leadLoss: number | null;
}

export interface Troubled {
  readonly personId: string;
  readonly lessonId: string;
  readonly network: string;
  readonly worker: number | null;
  readonly stretch: Stretch;
}

/** Of a group: so many, and this share of it at least, and so many times the share of the others. */
const fewest = 2;
const leastShare = 0.5;
const timesOthers = 3;
/** Z13 */
const sure = { troubled: 3, share: 0.6, others: 5, shareOfOthers: 0.1 } as const;
/** Z10 */
const lostByLead = 0.05;
const hardlyLost = 0.03;
/** Z12 */
const noLoss = 0.01;
const longWayMs = 350;
const unevenMs = 60;
const oftenSlow = 0.3;
/** Z9 */
const fewestOnServer = 4;

export function hintOf(troubled: Troubled, around: Around): Hint {
  const { stretch } = troubled;
  if (stretch.steps.some(({ figures }) => figures.lost?.cause === 'server-stopped'))
    return { cause: 'server', isSure: true, evidence: [{ code: 'server-stopped' }, ...aside(stretch)] };
  if (stretch.steps.some(({ figures }) => figures.mediaFailed))
    return {
      cause: 'worker',
      isSure: true,
      evidence: [{ code: 'media-failed' }, ...groups(troubled, around).map(({ evidence }) => evidence)],
    };
  const found = groups(troubled, around);
  const others = counted(around.present.filter(({ personId }) => personId !== troubled.personId));
  const rest: Evidence[] = [...found.map(({ evidence }) => evidence), { code: 'others', others }];
  // A slow computer says nothing of the others' lines, nor they of it.
  if (!stretch.kinds.some((kind) => ofTheWay.includes(kind))) return ownHint(stretch, others, rest);
  const byLead = leadsHint(troubled, around, found);
  if (byLead !== null) return { ...byLead, evidence: [...byLead.evidence, ...rest, ...aside(stretch)] };
  const best = found.filter(explains).toSorted((a, b) => contrast(b) - contrast(a) || a.here.of - b.here.of)[0];
  if (best !== undefined) {
    const evidence = [best.evidence, ...rest.filter((one) => one !== best.evidence), ...aside(stretch)];
    return { cause: best.cause, isSure: isSureOf(best), evidence };
  }
  const all = counted(around.present);
  if (all.of >= fewestOnServer && share(all) >= leastShare)
    return { cause: 'server', isSure: isEverywhere(around.present), evidence: [{ code: 'others', others }, ...aside(stretch)] };
  return ownHint(stretch, others, rest);
}

function ownHint(stretch: Stretch, others: Counted, rest: readonly Evidence[]): Hint {
  const own = ownCause(stretch);
  const isAlone = others.of >= sure.others && share(others) <= sure.shareOfOthers;
  return { cause: own.cause, isSure: isAlone && own.cause !== 'unclear', evidence: [...own.evidence, ...rest, ...aside(stretch)] };
}

/** Z8: whether the rules kept somebody out, or the server could not let them in. */
export function hintOfRefusal(code: RefusalCode): Hint {
  return { cause: refusedBy(code), isSure: true, evidence: [{ code: 'refused', refusal: code }] };
}

function refusedBy(code: RefusalCode): Cause {
  switch (code) {
    case 'internal':
    case 'server-stopping':
    case 'media-unavailable':
    case 'database-away':
    case 'storage-full':
      return 'server';
    case 'bad-request':
    case 'protocol-outdated':
      return 'own-device';
    default:
      return 'rules';
  }
}

interface Group {
  readonly cause: Cause;
  readonly here: Counted;
  readonly elsewhere: Counted;
  readonly evidence: Evidence;
}

/** Z11: in the order that decides where two fit alike. Who is alone in a group says nothing of it. */
function groups({ network, lessonId, worker }: Troubled, { present }: Around): Group[] {
  const split = (isHere: (one: Present) => boolean) => ({
    here: counted(present.filter(isHere)),
    elsewhere: counted(present.filter((one) => !isHere(one))),
  });
  const ofNetwork = split((one) => one.network === network);
  const ofRoom = split((one) => one.lessonId === lessonId);
  const ofWorker = split((one) => one.worker === worker);
  const all: Group[] = [
    ...(network === '' ? [] : [{ cause: 'network' as const, ...ofNetwork, evidence: { code: 'network' as const, network, ...ofNetwork } }]),
    { cause: 'room', ...ofRoom, evidence: { code: 'room', ...ofRoom } },
    ...(worker === null ? [] : [{ cause: 'worker' as const, ...ofWorker, evidence: { code: 'worker' as const, worker, ...ofWorker } }]),
  ];
  return all.filter(({ here }) => here.of > 1);
}

/** Z10: what came to the server from those who lead had holes already, and this person's line has hardly any of its own. */
function leadsHint({ stretch }: Troubled, { leadLoss }: Around, found: readonly Group[]): Hint | null {
  const { worst, kinds } = stretch;
  const felt = kinds.includes('sound-gaps') || kinds.includes('frozen');
  if (leadLoss === null || leadLoss < lostByLead || !felt || (worst.lossDown ?? 0) >= hardlyLost || worst.drops > 0) return null;
  const room = found.find(({ cause }) => cause === 'room');
  const isSure = room !== undefined && room.here.troubled >= fewest && share(room.here) >= leastShare;
  return { cause: 'teacher-line', isSure, evidence: [{ code: 'teacher-loss', share: leadLoss }] };
}

/** Z12 */
function ownCause({ worst, kinds, steps }: Stretch): { readonly cause: Cause; readonly evidence: Evidence[] } {
  const slow = steps.filter((step) => step.kinds.includes('slow-device')).length / steps.length;
  const loss = Math.max(worst.lossDown ?? 0, worst.lossUp ?? 0);
  const isLineBad = kinds.some(
    (kind) => kind === 'loss' || kind === 'delay' || kind === 'dropped' || kind === 'reduced' || kind === 'no-media',
  );
  if (!isLineBad && slow >= oftenSlow) return { cause: 'own-device', evidence: [{ code: 'device-slow', share: slow }] };
  const isSmooth = loss < noLoss && (worst.roundTripMs ?? 0) < longWayMs && (worst.jitterMs ?? 0) < unevenMs;
  if (!isLineBad && isSmooth && (kinds.includes('sound-gaps') || kinds.includes('frozen')))
    return { cause: 'own-device', evidence: [{ code: 'gaps-without-loss', concealed: worst.concealed ?? 0, loss }] };
  // Nothing was ever opened: no line was tried.
  const cutOff = steps.filter(({ figures }) => figures.isCutOff);
  if (cutOff.length === steps.length && cutOff.every(({ figures }) => figures.ice === 'none')) return { cause: 'own-device', evidence: [] };
  if (isLineBad || !isSmooth) return { cause: 'own-line', evidence: [] };
  return { cause: 'unclear', evidence: [] };
}

/** What decides nothing and is good to know. */
function aside({ steps, worst }: Stretch): Evidence[] {
  const evidence: Evidence[] = [];
  const dropped = steps.find(({ figures }) => figures.lost !== null)?.figures.lost;
  if (worst.drops > 0) evidence.push({ code: 'drops', times: worst.drops, cause: dropped?.cause ?? null });
  const relay = steps.some(({ figures }) => figures.device?.path?.candidate === 'relay');
  const tcp = steps.some(({ figures }) => figures.protocol === 'tcp' || (figures.device?.path ?? null)?.protocol === 'tcp');
  if (relay || tcp) evidence.push({ code: 'way', relay, tcp });
  return evidence;
}

function counted(present: readonly Present[]): Counted {
  const troubled = new Set(present.filter(({ isTroubled }) => isTroubled).map(({ personId }) => personId));
  return { troubled: troubled.size, of: new Set(present.map(({ personId }) => personId)).size };
}

function explains({ here, elsewhere }: Group): boolean {
  return elsewhere.of > 0 && here.troubled >= fewest && share(here) >= leastShare && share(here) >= timesOthers * share(elsewhere);
}

function isSureOf({ here, elsewhere }: Group): boolean {
  return (
    here.troubled >= sure.troubled && share(here) >= sure.share && elsewhere.of >= sure.others && share(elsewhere) <= sure.shareOfOthers
  );
}

function isEverywhere(present: readonly Present[]): boolean {
  const troubled = present.filter(({ isTroubled }) => isTroubled);
  const several = (of: (one: Present) => string) => new Set(troubled.map(of)).size > 1;
  return several(({ network }) => network) && several(({ lessonId }) => lessonId);
}

const share = ({ troubled, of }: Counted): number => (of === 0 ? 0 : troubled / of);
const contrast = ({ here, elsewhere }: Group): number => share(here) - share(elsewhere);
