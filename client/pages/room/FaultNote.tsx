// Why the last thing did not work, inside a window: the banner over the stage cannot be read behind it.
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { useClassroom, useObservable } from './classroom.ts';

export function FaultNote() {
  const { refusal } = useText();
  const { fault } = useClassroom();
  const code = useObservable(fault);
  if (code === null) return null;
  return (
    <Banner tone="warn" announce="assertive" onDismiss={() => fault.set(null)}>
      {refusal(code)}
    </Banner>
  );
}
