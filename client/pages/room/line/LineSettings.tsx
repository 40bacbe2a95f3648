// What one is sent, why, and the choice of less; for who leads also what the class is sent. Part of the room: a line too thin for more must still bring it.
import { LadderStep } from '../../../../server/contract/ladder.ts';
import { useText } from '../../../i18n/index.ts';
import { useRoom } from '../../../session/useSession.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { SaveDataIcon } from '../../../ui/icons.ts';
import { RadioGroup } from '../../../ui/RadioGroup.tsx';
import { useClassroom, useObservable } from '../classroom.ts';
import { stepCounts } from './step-counts.ts';

export function LineSettings() {
  const { t } = useText();
  const { engine } = useClassroom();
  const most = useObservable(engine.view.most);
  const { step, why } = useRoom((room) => room.ladder);
  return (
    <div className="line-settings">
      {why === 'line' && step !== 'all' ? (
        <Banner tone="warn" icon={SaveDataIcon} title={t('room.ladder.now', { what: t(`room.ladder.${step}`) })}>
          {t('room.ladder.why.line')}
        </Banner>
      ) : null}
      <RadioGroup
        label={t('room.ladder.most')}
        help={t('room.ladder.most.help')}
        options={LadderStep.options.map((id) => ({ id, label: t(`room.ladder.${id}`), note: t(`room.ladder.${id}.note`) }))}
        value={most}
        onChange={(chosen) => engine.view.setMost(chosen)}
      />
      <ClassCounts />
    </div>
  );
}

function ClassCounts() {
  const { t, number } = useText();
  const lines = useRoom((room) => room.lines);
  const maySee = useRoom((room) => room.self.actions.has('see-quality'));
  const counts = stepCounts(lines.values());
  if (!maySee || counts.length === 0) return null;
  return (
    <section aria-label={t('room.ladder.class')}>
      <h3 className="line-class">{t('room.ladder.class')}</h3>
      <dl className="line-counts">
        {counts.map(({ step, people }) => (
          <div key={step}>
            <dt>{t(`room.ladder.${step}`)}</dt>
            <dd className="tabular">{number(people)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
