// The product's mark and name, leading to the start page.
import { Link } from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import mark from './mark.svg';
import './Brand.css';

export function Brand() {
  const { t } = useText();
  return (
    <Link href="/" className="brand">
      <img src={mark} alt="" width="28" height="28" />
      <span className="brand-name">{t('app.productName')}</span>
    </Link>
  );
}
