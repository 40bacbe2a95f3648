// Says in words why a device does not work, and what to do, beside the device.
import { useText } from '../../i18n/index.ts';
import type { DeviceTrouble } from '../../media/devices.ts';
import type { Trouble } from '../../media/own-source.ts';
import { Banner } from '../../ui/Banner.tsx';
import { CameraOffIcon, MicrophoneOffIcon } from '../../ui/icons.ts';

type What = 'microphone' | 'camera';

/** The sentence for a trouble, for banners and screen readers. */
export function useTroubleText(): (trouble: Trouble, what: What | 'screen') => string {
  const { t, refusal } = useText();
  return (trouble, what) => {
    if (trouble.kind === 'server') return refusal(trouble.code);
    return what === 'screen' ? screenText(t, trouble.code) : t(`media.trouble.${trouble.code}.${what}`);
  };
}

function screenText(t: ReturnType<typeof useText>['t'], code: DeviceTrouble): string {
  switch (code) {
    case 'none':
      return t('media.trouble.screen.unsupported');
    case 'insecure':
      return t('media.trouble.screen.insecure');
    case 'blocked-by-system':
      return t('media.trouble.screen.blocked-by-system');
    case 'denied':
    case 'in-use':
    case 'lost':
    case 'failed':
      return t('media.trouble.screen.failed');
  }
}

export function TroubleNote({ trouble, what }: { readonly trouble: Trouble; readonly what: What }) {
  const { t } = useText();
  const sentence = useTroubleText();
  const denied = trouble.kind === 'device' && trouble.code === 'denied';
  return (
    <Banner tone="warn" icon={what === 'camera' ? CameraOffIcon : MicrophoneOffIcon} announce="polite">
      <p>{sentence(trouble, what)}</p>
      {denied ? (
        <p className="trouble-how">
          <AddressBar />
          <span>{t('media.trouble.denied.how')}</span>
        </p>
      ) : null}
    </Banner>
  );
}

/** A drawing of where browsers keep the permission: the sign left of the address. */
function AddressBar() {
  return (
    <svg className="trouble-drawing" viewBox="0 0 120 28" role="presentation">
      <rect x="1" y="1" width="118" height="26" rx="13" className="trouble-drawing-bar" />
      <g className="trouble-drawing-sign">
        <circle cx="16" cy="14" r="9" className="trouble-drawing-ring" />
        <path d="M11.5 11.5h6M11.5 16.5h9M20 11.5h.5M14 16.5h.5" />
        <circle cx="19" cy="11.5" r="1.6" />
        <circle cx="13.5" cy="16.5" r="1.6" />
      </g>
      <path d="M34 14h58" className="trouble-drawing-text" />
    </svg>
  );
}
