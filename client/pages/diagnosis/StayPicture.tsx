// The picture of a stay: a lane for each measurement, drawn along one axis of time, and the chosen moment across all of them.
import { type PointerEvent, useMemo, useRef } from 'react';
import type { Stay } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { percentAt, ticksOf } from '../register/time-axis.ts';
import { type Frame, type Lane, lanesOf } from './lanes.ts';
import { PresenceLane } from './PresenceLane.tsx';
import { delayWords, percent, type Words } from './words.ts';
import './stay-picture.css';

type StayPictureProps = { readonly stay: Stay; readonly frame: Frame; readonly at: number; readonly onAt: (at: number) => void };

export function StayPicture({ stay, frame, at, onAt }: StayPictureProps) {
  const { t, time } = useText();
  const plot = useRef<HTMLDivElement>(null);
  const lanes = useMemo(() => lanesOf(stay.steps, frame), [stay.steps, frame]);
  const trouble = stay.steps.filter(({ severity }) => severity !== null).length;
  const point = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect();
    if (!box || event.buttons !== 1) return;
    onAt(frame.from + ((event.clientX - box.left) / Math.max(1, box.width)) * (frame.to - frame.from));
  };
  return (
    <figure className="stay-picture" aria-label={t('diagnosis.picture')} onPointerDown={point} onPointerMove={point}>
      <figcaption className="visually-hidden">
        {t('diagnosis.picture.summary', { from: time(frame.from), to: time(frame.to), trouble })}
      </figcaption>
      <Axis frame={frame} />
      <PresenceLane stay={stay} frame={frame} />
      {lanes.map((lane) => (
        <LaneRow key={lane.id} lane={lane} frame={frame} />
      ))}
      <div className="stay-cursor-frame" aria-hidden="true">
        <div ref={plot} className="stay-cursor-plot">
          <span className="stay-cursor" style={{ insetInlineStart: `${percentAt(frame, at)}%` }} />
        </div>
      </div>
    </figure>
  );
}

function Axis({ frame }: { readonly frame: Frame }) {
  const { time } = useText();
  return (
    <div className="stay-lane" aria-hidden="true">
      <div className="stay-axis tabular">
        {ticksOf(frame, 5).map((tick) => {
          const place = percentAt(frame, tick);
          return (
            <span key={tick} data-edge={place < 6 ? 'start' : place > 94 ? 'end' : undefined} style={{ insetInlineStart: `${place}%` }}>
              {time(tick)}
            </span>
          );
        })}
      </div>
    </div>
  );
}

const width = 1000;
const height = 100;

function LaneRow({ lane, frame }: { readonly lane: Lane; readonly frame: Frame }) {
  const texts = useText();
  const { t } = texts;
  const title = t(`diagnosis.lane.${lane.id}`);
  const scale = width / (frame.to - frame.from);
  return (
    <div className="stay-lane">
      <span className="stay-lane-name" aria-hidden="true">
        {title}
        <span className="diagnosis-quiet">{topWords(lane, texts)}</span>
      </span>
      <svg
        className="stay-plot"
        data-lane={lane.id}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={laneWords(lane, title, texts)}
      >
        {lane.bars.map((bar) => (
          <rect
            key={bar.from}
            className={`stay-bar stay-bar-${bar.level}`}
            x={(bar.from - frame.from) * scale}
            y={height * (1 - bar.height)}
            width={(bar.to - bar.from) * scale}
            height={height * bar.height}
          />
        ))}
      </svg>
    </div>
  );
}

function topWords({ id, top }: Lane, words: Words): string {
  if (top !== null) return words.t('diagnosis.lane.top', { most: valueWords(id, top, words) });
  return id === 'trouble' || id === 'ladder' || id === 'way' ? words.t(`diagnosis.lane.top.${id}`) : '';
}

/** What a number of a lane says; the others are told by their bars and by the story. */
function laneWords({ id, top, least, most }: Lane, title: string, words: Words): string {
  if (least === null || most === null) return words.t('diagnosis.lane.none', { title });
  if (top === null) return title;
  return words.t('diagnosis.lane.range', { title, least: valueWords(id, least, words), most: valueWords(id, most, words) });
}

function valueWords(id: Lane['id'], value: number, words: Words): string {
  if (id === 'roundTrip') return delayWords(value, words);
  return id === 'frozen' ? words.exactDuration(value) : percent(value, words);
}
