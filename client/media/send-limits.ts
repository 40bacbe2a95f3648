// Applies to what is being sent what the server asks for on a short line: fewer layers, fewer pictures a second, quieter sound; sound always first.
import type { SendLimits } from '../../server/contract/ladder.ts';
import type { TrackSource } from '../../server/contract/media.ts';

export const noLimits: SendLimits = { soundBps: null, camera: null, screen: null };

/** What is needed of a browser's sender here. */
interface LimitedSender {
  getParameters(): RTCRtpSendParameters;
  setParameters(parameters: RTCRtpSendParameters): Promise<void>;
}

/** What an encoding was made with: what it returns to. */
type Full = Pick<RTCRtpEncodingParameters, 'maxBitrate' | 'maxFramerate'>;

const fullOf = new WeakMap<LimitedSender, readonly Full[]>();
const usualFps = 30;
/** Below this the smaller of a screen's two sizes is all that is sent. */
const largeScreenBps = 1_000_000;

/** Resolves also when the browser refuses: then it goes on as before. */
export async function applyLimits(sender: LimitedSender, source: TrackSource, limits: SendLimits): Promise<void> {
  const parameters = sender.getParameters();
  const { encodings } = parameters;
  if (!encodings?.length) return;
  const full =
    fullOf.get(sender) ??
    encodings.map(({ maxBitrate, maxFramerate }) => ({ ...(maxBitrate && { maxBitrate }), ...(maxFramerate && { maxFramerate }) }));
  fullOf.set(sender, full);
  for (const [index, encoding] of encodings.entries()) limit(encoding, { index, full: full[index] ?? {}, source, limits });
  // Another change of the same sender was under way, or it has ended.
  await sender.setParameters(parameters).catch(() => undefined);
}

function limit(
  encoding: RTCRtpEncodingParameters,
  { index, full, source, limits }: { index: number; full: Full; source: TrackSource; limits: SendLimits },
): void {
  const { soundBps, camera, screen } = limits;
  switch (source) {
    case 'microphone':
      encoding.priority = 'high';
      encoding.networkPriority = 'high';
      setOrDelete(encoding, 'maxBitrate', soundBps ?? full.maxBitrate);
      return;
    case 'screen-audio':
      return;
    case 'camera': {
      // When it is off its track is paused, which shows the others the name in place of a standing picture.
      const kept = camera === null || typeof camera === 'string' ? null : camera;
      encoding.active = camera !== 'unseen' && (kept === null || index < kept.layers);
      setOrDelete(encoding, 'maxFramerate', kept === null ? full.maxFramerate : Math.min(kept.fps, full.maxFramerate ?? usualFps));
      return;
    }
    case 'screen':
      encoding.active = index === 0 || screen === null || screen.maxBps >= largeScreenBps;
      setOrDelete(encoding, 'maxBitrate', screen === null ? full.maxBitrate : Math.min(screen.maxBps, full.maxBitrate ?? screen.maxBps));
      setOrDelete(encoding, 'maxFramerate', screen === null ? full.maxFramerate : Math.min(screen.fps, full.maxFramerate ?? usualFps));
      return;
  }
}

function setOrDelete(encoding: RTCRtpEncodingParameters, key: keyof Full, value: number | undefined): void {
  if (value === undefined) delete encoding[key];
  else encoding[key] = value;
}
