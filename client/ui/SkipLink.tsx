// The first stop of the keyboard: jumps over the navigation.
import './SkipLink.css';

export function SkipLink({ target, children }: { readonly target: string; readonly children: string }) {
  return (
    <a className="skip-link" href={`#${target}`}>
      {children}
    </a>
  );
}
