// The faculties, loaded.
import { useQuery } from '@tanstack/react-query';
import { facultiesQuery } from './catalogue.ts';
import { Faculties } from './Faculties.tsx';

export default function FacultiesSection() {
  const { data, error, refetch } = useQuery(facultiesQuery);
  return <Faculties faculties={data} error={error} retry={() => void refetch()} />;
}
