// What a class records of a person, in plain words: open to everybody, also to guests before they come in.
import { useQuery } from '@tanstack/react-query';
import { keepingRulesQuery, keptText, rulesTogether } from '../../app/keeping-rules.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Link } from '../../ui/Link.tsx';
import './recorded.css';

const kept = ['presence', 'line', 'page', 'acts', 'checks', 'watching', 'device'] as const;
const never = ['content', 'biometric', 'screen', 'place', 'others'] as const;
const rights = ['see', 'ask', 'keep', 'unchanged'] as const;

export default function RecordedPage() {
  const { t } = useText();
  usePageTitle(t('recorded.title'));
  return (
    <article className="recorded">
      <h1>{t('recorded.title')}</h1>
      <p className="recorded-lead">{t('recorded.lead')}</p>
      <h2>{t('recorded.kept')}</h2>
      <dl>
        {kept.map((id) => (
          <div key={id}>
            <dt>{t(`recorded.kept.${id}`)}</dt>
            <dd>{t(`recorded.kept.${id}.text`)}</dd>
          </div>
        ))}
      </dl>
      <h2>{t('recorded.never')}</h2>
      <ul>
        {never.map((id) => (
          <li key={id}>{t(`recorded.never.${id}`)}</li>
        ))}
      </ul>
      <KeptFor />
      <h2>{t('recorded.rights')}</h2>
      <ul>
        {rights.map((id) => (
          <li key={id}>{t(`recorded.rights.${id}`)}</li>
        ))}
      </ul>
      <p>
        <Link href="/account">{t('recorded.toAccount')}</Link>
      </p>
    </article>
  );
}

/** By the rules of the university as they are today. */
function KeptFor() {
  const texts = useText();
  const { t } = texts;
  const { data } = useQuery(keepingRulesQuery);
  if (!data) return null;
  const groups = rulesTogether(data);
  return (
    <>
      <h2>{t('recorded.files')}</h2>
      <p>{t('recorded.files.text')}</p>
      <dl>
        {groups.map(({ rule, kinds }) => (
          <div key={kinds[0]}>
            <dt>{groups.length === 1 ? t('recorded.files.all') : kinds.map((kind) => t(`timetable.kind.${kind}`)).join(', ')}</dt>
            <dd>{keptText(texts, rule)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
