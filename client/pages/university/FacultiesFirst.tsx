// Shows a section that needs faculties, or leads to them while there is none.
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { GraduationIcon } from '../../ui/icons.ts';
import { facultiesQuery } from './catalogue.ts';

type FacultiesFirstProps = { readonly Content: ComponentType<{ readonly faculties: readonly Faculty[] }> };

export function FacultiesFirst({ Content }: FacultiesFirstProps) {
  const { t } = useText();
  const { data: faculties } = useQuery(facultiesQuery);
  if (faculties?.length !== 0) return <Content faculties={faculties ?? []} />;
  return (
    <EmptyState
      icon={GraduationIcon}
      title={t('university.faculty.first.title')}
      action={
        <ButtonLink kind="primary" href="/university?view=faculties">
          {t('university.faculties')}
        </ButtonLink>
      }
    >
      {t('university.faculty.first.text')}
    </EmptyState>
  );
}
