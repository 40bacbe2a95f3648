// What is wrong with a lesson: a sign, a word and for how long, the worst first.
import type { Trouble } from '../../../server/contract/situation.ts';
import { useText } from '../../i18n/index.ts';
import { goesOn, toneOf } from './board.ts';
import { troubleIcons } from './icons.ts';
import { troubleLength, troubleName } from './words.ts';

type TroubleListProps = { readonly troubles: readonly Trouble[]; readonly title: string; readonly now: number };

export function TroubleList({ troubles, title, now }: TroubleListProps) {
  const texts = useText();
  return (
    <ul className="situation-troubles" aria-label={texts.t('situation.troubles', { title })}>
      {troubles.map((trouble) => {
        const Sign = troubleIcons[trouble.kind];
        return (
          <li
            key={`${trouble.kind} ${trouble.source} ${trouble.since}`}
            className="situation-trouble"
            data-tone={goesOn(trouble, now) ? toneOf(trouble.kind) : 'over'}
          >
            <Sign />
            <span>
              <strong>{troubleName(trouble, texts)}</strong> <span className="situation-length">{troubleLength(trouble, now, texts)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
