// One person's lesson in full: the picture, why it was judged so, every gap in words, and the figures.
import type { ReactNode } from 'react';
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { Figures } from './Figures.tsx';
import type { BarFrame } from './frame.ts';
import { GapList } from './GapList.tsx';
import { Timeline } from './Timeline.tsx';
import { WhyList } from './WhyList.tsx';

export type DetailsProps = {
  readonly row: RegisterRow;
  readonly register: Pick<Register, 'rule' | 'final'>;
  readonly frame: BarFrame;
  readonly headingLevel: 2 | 3;
  /** Below why: what can be done about it. */
  readonly action?: ReactNode;
};

export function Details({ row, register, frame, headingLevel, action }: DetailsProps) {
  const isJudged = row.onRoster && row.role === 'student';
  return (
    <div className="register-details">
      <Timeline row={row} frame={frame} />
      <div className="register-parts">
        <div className="register-words">
          {isJudged ? <WhyList row={row} rule={register.rule} headingLevel={headingLevel} /> : null}
          {action ? <div className="register-action">{action}</div> : null}
          <GapList row={row} final={register.final} headingLevel={headingLevel} />
        </div>
        <Figures row={row} headingLevel={headingLevel} />
      </div>
    </div>
  );
}
