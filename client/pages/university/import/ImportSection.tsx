// Imports: the form to upload a file, those there were, and one of them opened by the address.
import { useSearchParams } from 'react-router';
import { ImportId } from '../../../../server/contract/ids.ts';
import { ImportDetail } from './ImportDetail.tsx';
import { ImportList } from './ImportList.tsx';
import { UploadForm } from './UploadForm.tsx';
import './ImportSection.css';

export default function ImportSection() {
  const [parameters, setParameters] = useSearchParams();
  const opened = ImportId.safeParse(parameters.get('import'));
  const open = (id: ImportId | null) => setParameters(id === null ? { view: 'import' } : { view: 'import', import: id });
  if (opened.success) return <ImportDetail key={opened.data} id={opened.data} onClose={() => open(null)} />;
  return (
    <div className="imports">
      <UploadForm onUploaded={open} />
      <ImportList onOpen={open} />
    </div>
  );
}
