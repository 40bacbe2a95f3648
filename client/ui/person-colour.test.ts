// Names give stable initials, and letters on their colour can be read.
import { expect, test } from 'vitest';
import { contrast } from './contrast.ts';
import { initials, personColour, personColours } from './person-colour.ts';

test('initials are the first letters of the first two words, in capitals', () => {
  expect(['Әлия Нұрланқызы Ахметова', 'іңкәр', '  anna   Kim ', '«Ұлан» Серік', '—', ''].map(initials)).toEqual([
    'ӘН',
    'І',
    'AK',
    'ҰС',
    '',
    '',
  ]);
});

test('white letters have a contrast of at least 4.5 on every colour', () => {
  expect(personColours.filter((colour) => contrast(colour, '#ffffff') < 4.5)).toEqual([]);
});

test('a name keeps its colour, however its letters are composed', () => {
  expect(personColour('Айгүл Йедильқызы')).toBe(personColour('Айгүл Йедильқызы'.normalize('NFD')));
});
