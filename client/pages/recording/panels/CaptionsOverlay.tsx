// What is said, written over the picture.
import { cuesAt } from './cues.ts';
import type { StudyOnStageProps } from './study.ts';
import './panels.css';

export function CaptionsOverlay({ study: { captions, time }, state: { positionMs } }: StudyOnStageProps) {
  const cues = captions.track ? cuesAt(captions.track.cues, time.toClass(positionMs)) : [];
  if (captions.shown === null || cues.length === 0) return null;
  return (
    <div className="captions-overlay" lang={captions.shown}>
      {cues.map(({ fromMs, text }) => (
        <p key={`${fromMs} ${text}`}>
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}
