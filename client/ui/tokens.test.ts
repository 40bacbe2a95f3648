// The palette can be read: every pair of colours that meet has the contrast WCAG 2.2 AA asks for.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast } from './contrast.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
const palettes = {
  light: new Map(pairs.map(([, name = '', light = '']) => [name, light])),
  dark: new Map(pairs.map(([, name = '', , dark = '']) => [name, dark])),
};
const grounds = ['surface', 'raised', 'sunken', 'hovered'];

describe.each(Object.entries(palettes))('in the %s palette', (_name, palette) => {
  const of = (name: string) => {
    const colour = palette.get(name);
    if (!colour) throw new Error(`tokens.css has no --${name}`);
    return colour;
  };
  const tooFaint = (inks: readonly string[], papers: readonly string[], least: number) =>
    inks.flatMap((ink) =>
      papers
        .map((paper) => ({ pair: `${ink} on ${paper}`, ratio: contrast(of(ink), of(paper)) }))
        .filter(({ ratio }) => ratio < least)
        .map(({ pair, ratio }) => `${pair}: ${ratio.toFixed(2)}`),
    );

  test('text and muted text can be read on every ground', () => {
    expect(tooFaint(['text', 'muted'], grounds, 4.5)).toEqual([]);
  });

  test('coloured words can be read on the page, on cards and on their own tint', () => {
    const tones = ['accent', 'good', 'warn', 'danger', 'info'];
    expect(tooFaint([...tones, 'recording'], ['surface', 'raised'], 4.5)).toEqual([]);
    expect(tones.flatMap((tone) => tooFaint([tone, 'text'], [`${tone}-soft`], 4.5))).toEqual([]);
    expect(tooFaint(['recording'], ['danger-soft'], 4.5)).toEqual([]);
  });

  test('words on filled buttons can be read, also under the pointer', () => {
    expect(tooFaint(['on-accent'], ['accent', 'accent-hovered'], 4.5)).toEqual([]);
    expect(tooFaint(['on-danger'], ['danger-solid', 'danger-solid-hovered'], 4.5)).toEqual([]);
  });

  test('edges and signs of state stand out from every ground', () => {
    expect(tooFaint(['edge', 'accent', 'speaking', 'recording'], grounds, 3)).toEqual([]);
  });
});
