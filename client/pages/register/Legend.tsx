// What the patterns of a lesson's picture mean; only those that are in it.
import type { Gap } from '../../../server/contract/attendance.ts';
import { type Texts, useText } from '../../i18n/index.ts';
import type { Mark } from './lanes.ts';

const gapKinds: readonly Gap['kind'][] = ['network', 'server', 'own', 'shown-out'];

export function Legend({ marks }: { readonly marks: readonly Mark[] }) {
  const { t } = useText();
  const shown = entriesOf(marks, t);
  // A single colour explains itself by the name of its lane.
  if (shown.length < 2) return null;
  return (
    <ul className="timeline-legend" aria-hidden="true">
      {shown.map(({ look, words }) => (
        <li key={look}>
          <span className={`timeline-swatch bar ${look}`} />
          {words}
        </li>
      ))}
    </ul>
  );
}

function entriesOf(marks: readonly Mark[], t: Texts['t']) {
  const gaps = marks.flatMap((mark) => (mark.kind === 'gap' ? [mark] : []));
  const kinds = gapKinds.filter((kind) => gaps.some(({ of }) => of === kind));
  return [
    ...(marks.some(({ kind }) => kind === 'present') ? [{ look: 'bar-present', words: t('register.mark.present') }] : []),
    ...kinds.map((kind) => ({ look: `bar-gap-${kind}`, words: t(`register.gap.kind.${kind}`) })),
    ...(marks.some(({ kind }) => kind === 'lapse') ? [{ look: 'bar-lapse', words: t('register.gap.lapse') }] : []),
    ...(gaps.some(({ forgiven }) => forgiven) ? [{ look: 'bar-forgiven', words: t('register.legend.forgiven') }] : []),
  ];
}
