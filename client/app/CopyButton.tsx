// Copies a text and says so; where the browser refuses, it says that too.
import { useEffect, useState } from 'react';
import { useText } from '../i18n/index.ts';
import { Button, type ButtonKind } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { CheckIcon, CopyIcon } from '../ui/icons.ts';
import { announce } from '../ui/live.ts';
import { copyText } from './files.ts';

export type CopyButtonProps = {
  readonly text: string;
  readonly label: string;
  /** Shows only the icon, the label as its tooltip. */
  readonly iconOnly?: boolean;
  readonly kind?: ButtonKind;
};

const shownMs = 2000;

export function CopyButton({ text, label, iconOnly = false, kind = 'plain' }: CopyButtonProps) {
  const { t } = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), shownMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    const copied = await copyText(text);
    setState(copied ? 'copied' : 'refused');
    announce(copied ? t('app.copied') : t('identity.credentials.copyFailed'), copied ? 'polite' : 'assertive');
  };
  const icon = state === 'copied' ? CheckIcon : CopyIcon;
  if (iconOnly) return <IconButton icon={icon} label={label} size="small" onPress={copy} />;
  return (
    <Button icon={icon} kind={kind} onPress={copy}>
      {state === 'copied' ? t('app.copied') : label}
    </Button>
  );
}
