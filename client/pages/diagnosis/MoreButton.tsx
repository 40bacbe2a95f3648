// The way to the next page of a list.
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';

export type More = { readonly has: boolean; readonly isPending: boolean; readonly onMore: () => void };

export function MoreButton({ has, isPending, onMore }: More) {
  const { t } = useText();
  if (!has) return null;
  return (
    <div className="diagnosis-page">
      <Button isPending={isPending} onPress={onMore}>
        {t('app.showMore')}
      </Button>
    </div>
  );
}
