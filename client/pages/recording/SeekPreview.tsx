// A small picture of a moment over the seek bar, with its time and chapter.
import type { CSSProperties } from 'react';
import type { Storyboard } from '../../../server/contract/recording-page.ts';
import { clock } from '../../i18n/index.ts';

export type SeekPreviewProps = {
  readonly ms: number;
  /** Of the bar's width. */
  readonly share: number;
  readonly chapter: string | undefined;
  readonly storyboard: (Storyboard & { readonly addressOf: (sheet: string) => string }) | null;
};

/** Where on the sheets a moment's picture is; undefined when there is none. */
export function pictureAt(
  storyboard: Storyboard,
  ms: number,
): { readonly sheet: string; readonly column: number; readonly row: number } | undefined {
  const { everyMs, columns, rows, count, sheets } = storyboard;
  const index = Math.min(count - 1, Math.max(0, Math.floor(ms / everyMs)));
  const sheet = sheets[Math.floor(index / (columns * rows))];
  const onSheet = index % (columns * rows);
  return count === 0 || sheet === undefined ? undefined : { sheet, column: onSheet % columns, row: Math.floor(onSheet / columns) };
}

export function SeekPreview({ ms, share, chapter, storyboard }: SeekPreviewProps) {
  const place: CSSProperties & Record<`--${string}`, number> = { '--at': share };
  return (
    <span className="seek-preview" style={place} aria-hidden="true">
      {storyboard ? <PreviewPicture storyboard={storyboard} ms={ms} /> : null}
      <span className="seek-preview-words">
        <span className="tabular">{clock(ms)}</span>
        {chapter === undefined ? null : <span className="seek-preview-chapter">{chapter}</span>}
      </span>
    </span>
  );
}

function PreviewPicture({ storyboard, ms }: { readonly storyboard: NonNullable<SeekPreviewProps['storyboard']>; readonly ms: number }) {
  const picture = pictureAt(storyboard, ms);
  if (!picture) return null;
  const { columns, rows, width, height, addressOf } = storyboard;
  const share = (index: number, of: number) => (of > 1 ? `${(index / (of - 1)) * 100}%` : '0%');
  return (
    <span
      className="seek-preview-picture"
      style={{
        aspectRatio: `${width} / ${height}`,
        backgroundImage: `url("${addressOf(picture.sheet)}")`,
        backgroundSize: `${columns * 100}% ${rows * 100}%`,
        backgroundPosition: `${share(picture.column, columns)} ${share(picture.row, rows)}`,
      }}
    />
  );
}
