// How the link comes into the calendar of Google, Apple or Outlook.
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Tabs } from '../../ui/Tabs.tsx';

const programs = ['google', 'apple', 'outlook'] as const;
const names = { google: 'Google', apple: 'Apple', outlook: 'Outlook' } as const;

export function FeedSteps() {
  const { t } = useText();
  const [program, setProgram] = useState<(typeof programs)[number]>('google');
  return (
    <section className="feed-steps">
      <h3>{t('timetable.feed.how')}</h3>
      <Tabs
        label={t('timetable.feed.how')}
        selected={program}
        onSelect={setProgram}
        views={programs.map((id) => ({
          id,
          title: names[id],
          content: (
            <ol className="feed-steps-list">
              <li>{t(`timetable.feed.${id}.1`)}</li>
              <li>{t(`timetable.feed.${id}.2`)}</li>
              <li>{t(`timetable.feed.${id}.3`)}</li>
            </ol>
          ),
        }))}
      />
      <p className="drawer-note">{t('timetable.feed.delay')}</p>
    </section>
  );
}
