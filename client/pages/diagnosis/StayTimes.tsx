// The time of a stay: the picture with a slider to read one moment of it, the story, and the figures around the moment.
import { useEffect, useRef, useState } from 'react';
import { type Stay, stepMs } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { type Frame, stepAt } from './lanes.ts';
import { MomentFigures } from './MomentFigures.tsx';
import { momentWords } from './moment-words.ts';
import { StayPicture } from './StayPicture.tsx';
import { StepsTable } from './StepsTable.tsx';
import { StoryTable } from './StoryTable.tsx';

type StayTimesProps = {
  readonly stay: Stay;
  readonly frame: Frame;
  readonly at: number;
  /** Once the slider rests. */
  readonly onAt: (at: number) => void;
};

const restMs = 300;

export function StayTimes({ stay, frame, at, onAt }: StayTimesProps) {
  const texts = useText();
  const { t } = texts;
  const [moment, setMoment] = useState(at);
  const [known, setKnown] = useState(at);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Chosen elsewhere on the page.
  if (known !== at) {
    setKnown(at);
    setMoment(at);
  }
  const choose = (next: number) => {
    const within = Math.min(Math.max(frame.from, next), frame.to - stepMs);
    setMoment(within);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onAt(within), restMs);
  };
  const column = frame.from + Math.floor((moment - frame.from) / stepMs) * stepMs;
  const step = stepAt(stay.steps, column);
  return (
    <>
      <section className="diagnosis-section">
        <h2>{t('diagnosis.picture')}</h2>
        <StayPicture stay={stay} frame={frame} at={column} onAt={choose} />
        <div className="stay-slider">
          <label htmlFor="stay-moment">{t('diagnosis.moment')}</label>
          <input
            id="stay-moment"
            type="range"
            min={0}
            max={Math.round((frame.to - frame.from) / stepMs) - 1}
            value={Math.round((column - frame.from) / stepMs)}
            aria-valuetext={momentWords(column, step, texts)}
            aria-describedby="stay-moment-hint"
            onChange={({ target }) => choose(frame.from + target.valueAsNumber * stepMs)}
          />
        </div>
        <p id="stay-moment-hint" className="diagnosis-quiet">
          {t('diagnosis.picture.hint')}
        </p>
        <MomentFigures at={column} step={step} stay={stay} />
      </section>
      <section className="diagnosis-section">
        <h2>{t('diagnosis.story')}</h2>
        <StoryTable stay={stay} onAt={choose} />
      </section>
      <StepsTable stay={stay} at={column} />
    </>
  );
}
