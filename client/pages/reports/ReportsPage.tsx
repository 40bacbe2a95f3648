// Attendance over many lessons: of a student, a teacher, a group, a course, a faculty, the university; and who is about to be lost.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ReportScopes } from '../../../server/contract/reports.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api } from '../../app/api.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DownloadIcon, RegisterIcon, SearchIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FindField } from '../timetable/FindField.tsx';
import { type Found, useNameOf } from '../timetable/find.ts';
import { PeriodFields } from './PeriodFields.tsx';
import { Report } from './Report.tsx';
import { type Asked, fileAddress, fileKinds, type ReportKind, readAsked, reportKinds, writeAsked } from './reports-view.ts';
import './reports.css';

const findable = ['teacher', 'group', 'course', 'faculty'] as const;

export default function ReportsPage() {
  const { t } = useText();
  usePageTitle(t('reports.title'));
  const scopes = useQuery({ queryKey: ['reports', 'scopes'], queryFn: ({ signal }) => api(recordsRoutes.reportScopes, { signal }) });
  if (scopes.error) return <LoadFailure error={scopes.error} title={t('reports.failed')} onRetry={() => void scopes.refetch()} />;
  if (!scopes.data) return <Skeleton height="24rem" />;
  return <Reports scopes={scopes.data} />;
}

function Reports({ scopes }: { readonly scopes: ReportScopes }) {
  const { t, language } = useText();
  const { person } = useSession();
  const [params, setParams] = useSearchParams();
  const offered = kindsFor(scopes);
  const asked = completed(readAsked(params), offered, person?.id);
  const go = (change: Partial<Asked>) => setParams(writeAsked({ ...asked, ...change }), { replace: true });
  const files = fileKinds.flatMap((kind) => {
    const address = fileAddress(asked, kind, language);
    return address === undefined ? [] : [{ kind, address }];
  });
  return (
    <>
      <PageHeader
        title={t('reports.title')}
        note={t('reports.note')}
        actions={files.map(({ kind, address }) => (
          <ButtonLink key={kind} icon={DownloadIcon} href={address} download="">
            {t(`reports.file.${kind}`)}
          </ButtonLink>
        ))}
      />
      <search className="reports-bar">
        {offered.length > 1 ? (
          <Select
            label={t('reports.of')}
            options={offered.map((id) => ({ id, label: t(`reports.of.${id}`) }))}
            // The report of one student is opened from a list of students.
            value={asked.of !== undefined && offered.includes(asked.of) ? asked.of : null}
            onChange={(of) => go({ of, id: undefined })}
          />
        ) : null}
        <Chosen scopes={scopes} asked={asked} onChange={(id) => go({ id })} />
        {asked.of === 'at-risk' ? null : (
          <PeriodFields terms={scopes.terms} from={asked.from} to={asked.to} onChange={(from, to) => go({ from, to })} />
        )}
      </search>
      {asked.of === undefined ? (
        <EmptyState icon={RegisterIcon} title={t('reports.none.title')}>
          {t('reports.none.text')}
        </EmptyState>
      ) : needsChoice(asked) ? (
        <EmptyState icon={SearchIcon} title={t('reports.choose.title')}>
          {t('reports.choose.text')}
        </EmptyState>
      ) : (
        <Report asked={{ ...asked, of: asked.of }} />
      )}
    </>
  );
}

type ChosenProps = {
  readonly scopes: ReportScopes;
  readonly asked: Asked;
  readonly onChange: (id: string | undefined) => void;
};

/** Who watches over a faculty finds by typing; who only teaches has a short list. */
function Chosen({ scopes, asked, onChange }: ChosenProps) {
  const { t } = useText();
  const [picked, setPicked] = useState<Found | null>(null);
  const what = findable.find((kind) => kind === asked.of);
  const known = picked?.id === asked.id ? picked : undefined;
  const named = useNameOf(known ? undefined : what, asked.id);
  if (what === undefined) return null;
  if (scopes.faculties.length === 0) {
    if (what !== 'group' && what !== 'course') return null;
    return (
      <Select
        label={t(`timetable.find.${what}`)}
        options={(what === 'group' ? scopes.groups : scopes.courses).map(({ id, name }) => ({ id: String(id), label: name }))}
        value={asked.id ?? null}
        onChange={onChange}
      />
    );
  }
  return (
    <FindField
      key={what}
      what={what}
      value={asked.id ? (known ?? named ?? { id: asked.id, name: '', detail: '' }) : null}
      onChange={(found) => {
        setPicked(found);
        onChange(found?.id);
      }}
      className="reports-find"
    />
  );
}

/** What may be chosen: one's own, what one teaches, and for those who watch over a faculty all that is in it. */
function kindsFor(scopes: ReportScopes): readonly ReportKind[] {
  const watches = scopes.faculties.length > 0;
  const may: Record<ReportKind, boolean> = {
    student: scopes.own.student,
    teacher: scopes.own.teacher || watches,
    group: scopes.groups.length > 0 || watches,
    course: scopes.courses.length > 0 || watches,
    faculty: watches,
    term: watches,
    'at-risk': scopes.courses.length > 0 || watches,
  };
  return reportKinds.filter((kind) => may[kind]);
}

/** Without a choice: one's own report, and for those who see faculties the term of all of them. */
function completed(asked: Asked, offered: readonly ReportKind[], ownId: string | undefined): Asked {
  const first = offered.includes('term') ? 'term' : offered[0];
  const of = asked.of ?? first;
  const isOwn = of === 'student' || (of === 'teacher' && !offered.includes('term'));
  return { ...asked, of, id: asked.id ?? (isOwn ? ownId : undefined) };
}

function needsChoice({ of, id }: Asked): boolean {
  return of !== 'term' && of !== 'at-risk' && id === undefined;
}
