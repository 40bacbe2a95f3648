// A person without a picture: initials on a colour made from the name.
import { initials, personColour } from './person-colour.ts';
import './Avatar.css';

export type AvatarProps = {
  readonly name: string;
  readonly size?: 'small' | 'normal' | 'large' | 'fill';
};

/**
 * Decoration: the name must stand beside it as text. The letters are drawn by the style sheet, so that they are
 * no part of a button's words.
 */
export function Avatar({ name, size = 'normal' }: AvatarProps) {
  return (
    <span className={`avatar avatar-${size}`} style={{ backgroundColor: personColour(name) }} aria-hidden="true">
      <span className="avatar-letters" data-letters={initials(name)} />
    </span>
  );
}
