// Why the last act of a section was refused.
import { errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';

export function Fault({ errors }: { readonly errors: readonly (Error | null)[] }) {
  const { refusal } = useText();
  const error = errors.find((one) => one !== null);
  if (!error) return null;
  return (
    <Banner tone="danger" announce="assertive">
      {refusal(errorCode(error))}
    </Banner>
  );
}
