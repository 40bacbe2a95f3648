// A turning ring for waits of unknown length; alone it needs a label.
import './Spinner.css';

export function Spinner({ label, size = 'normal' }: { readonly label?: string; readonly size?: 'normal' | 'large' }) {
  if (!label) return <span className={`spinner spinner-${size}`} aria-hidden="true" />;
  return <span className={`spinner spinner-${size}`} role="progressbar" aria-label={label} aria-valuetext={label} />;
}
