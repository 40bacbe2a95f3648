// The picture of one person's lesson: a lane for each thing, bars along the time. To screen readers it is lists, to keyboards one stop with arrows.
import { type KeyboardEvent, useRef, useState } from 'react';
import type { CheckOutcome, RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { AbsentIcon, type Icon, InfoIcon, QuestionIcon, SkippedIcon, SuccessIcon, WifiOffIcon } from '../../ui/icons.ts';
import type { BarFrame } from './frame.ts';
import { Legend } from './Legend.tsx';
import { type Lane, lanesOf, type Mark } from './lanes.ts';
import { markWords } from './mark-words.ts';
import { markClass, placeOf, pointOf } from './PresenceBar.tsx';
import { percentAt, ticksOf } from './time-axis.ts';
import './bars.css';
import './Timeline.css';

export type TimelineProps = { readonly row: RegisterRow; readonly frame: BarFrame };

export function Timeline({ row, frame }: TimelineProps) {
  const { t } = useText();
  const lanes = lanesOf(row, frame.until);
  const [told, setTold] = useState<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const picture = useRef<HTMLDivElement>(null);
  const first = lanes.flatMap((lane) => lane.marks.map((mark) => keyOf(lane, mark)))[0] ?? null;
  const stop = current ?? first;
  return (
    <div className="timeline">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div
        ref={picture}
        className="timeline-picture"
        role="group"
        aria-label={t('register.picture')}
        onKeyDown={(event) => moveFocus(event, picture.current)}
      >
        <Axis frame={frame} />
        {lanes.map((lane) => (
          <LaneRow key={lane.id} lane={lane} frame={frame} stop={stop} onTell={setTold} onStop={setCurrent} />
        ))}
      </div>
      <p className="timeline-told tabular" aria-hidden="true">
        {told ?? (first === null ? t('attendance.bar.never') : t('register.picture.hint'))}
      </p>
      <Legend marks={lanes[0]?.marks ?? []} />
    </div>
  );
}

const keyOf = ({ id }: Lane, { from, kind }: Mark) => `${id} ${kind} ${from}`;

type LaneRowProps = {
  readonly lane: Lane;
  readonly frame: BarFrame;
  /** The one mark that Tab comes to. */
  readonly stop: string | null;
  readonly onTell: (words: string | null) => void;
  readonly onStop: (key: string) => void;
};

function LaneRow({ lane, frame, stop, onTell, onStop }: LaneRowProps) {
  const texts = useText();
  const title = texts.t(`register.lane.${lane.id}`);
  return (
    <div className="timeline-lane">
      <span className="timeline-lane-name" aria-hidden="true">
        {title}
      </span>
      <div className={`timeline-track timeline-track-${lane.id}`}>
        <span className="timeline-lesson" style={placeOf({ from: frame.startsAt, to: frame.endsAt }, frame)} />
        <ul className="timeline-marks" aria-label={title}>
          {lane.marks.map((mark) => {
            const key = keyOf(lane, mark);
            const words = markWords(mark, texts);
            const tell = () => onTell(words);
            return (
              <li key={key} className="timeline-mark" style={mark.kind === 'check' ? pointOf(mark.from, frame) : placeOf(mark, frame)}>
                <button
                  type="button"
                  className={`timeline-bar ${markClass(mark)}`}
                  aria-label={words}
                  tabIndex={key === stop ? 0 : -1}
                  onMouseEnter={tell}
                  onMouseLeave={() => onTell(null)}
                  onFocus={() => {
                    onStop(key);
                    tell();
                  }}
                  onBlur={() => onTell(null)}
                  onClick={tell}
                >
                  {mark.kind === 'check' ? <CheckSign outcome={mark.outcome} /> : null}
                </button>
              </li>
            );
          })}
        </ul>
        <span className="timeline-bells" style={placeOf({ from: frame.startsAt, to: frame.endsAt }, frame)} />
      </div>
    </div>
  );
}

const checkSigns: Readonly<Record<CheckOutcome, Icon>> = {
  answered: SuccessIcon,
  missed: AbsentIcon,
  'not-there': SkippedIcon,
  'no-line': WifiOffIcon,
  running: QuestionIcon,
  'not-judged': InfoIcon,
};

export function CheckSign({ outcome }: { readonly outcome: CheckOutcome }) {
  const Sign = checkSigns[outcome];
  return <Sign />;
}

function Axis({ frame }: { readonly frame: BarFrame }) {
  const { time } = useText();
  const { span, now, endsAt } = frame;
  return (
    <div className="timeline-axis tabular" aria-hidden="true">
      <div className="timeline-ticks">
        {ticksOf(span).map((at) => {
          const place = percentAt(span, at);
          return (
            <span
              key={at}
              className="timeline-tick"
              data-edge={place < 4 ? 'start' : place > 96 ? 'end' : undefined}
              style={{ insetInlineStart: `${place}%` }}
            >
              {time(at)}
            </span>
          );
        })}
        {now !== null && now < endsAt ? <span className="timeline-now" style={pointOf(now, frame)} /> : null}
      </div>
    </div>
  );
}

/** Left and right go from bar to bar, lane after lane; Home and End to the first and the last. */
function moveFocus(event: KeyboardEvent, picture: HTMLElement | null): void {
  const bars = [...(picture?.querySelectorAll('button') ?? [])];
  const at = bars.findIndex((bar) => bar.matches(':focus'));
  const goal = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: bars.length - 1 }[event.key];
  if (at < 0 || goal === undefined) return;
  event.preventDefault();
  bars[Math.min(Math.max(0, goal), bars.length - 1)]?.focus();
}
