// The table of rights, seen whole: the matrix stands here in full, and a right that changes unnoticed fails the test.
import { describe, expect, it } from 'vitest';
import { Action, RoomRole } from '../contract/room.ts';
import { actionsOf, compareStanding, isLeading, isSubject, rights, roleMay } from './rights.ts';

function matrix(): string {
  const head = ['', ...RoomRole.options].map((cell) => cell.padEnd(15)).join('');
  const lines = Action.options.map((action) =>
    [action, ...RoomRole.options.map((role) => (roleMay(role, action) ? 'yes' : '·'))].map((cell) => cell.padEnd(15)).join(''),
  );
  return [head, ...lines].map((line) => line.trimEnd()).join('\n');
}

describe('rights', () => {
  it('is this matrix', () => {
    expect(matrix()).toMatchInlineSnapshot(`
      "               teacher        assistant      student        guest          observer
      speak          yes            yes            yes            yes            ·
      show-camera    yes            yes            yes            yes            ·
      share-screen   yes            yes            yes            yes            ·
      chat           yes            yes            yes            yes            ·
      raise-hand     yes            yes            yes            yes            ·
      react          yes            yes            yes            yes            ·
      see-waiting    yes            yes            ·              ·              yes
      admit          yes            yes            ·              ·              ·
      mute           yes            yes            ·              ·              ·
      forbid         yes            yes            ·              ·              ·
      lower-hand     yes            yes            ·              ·              ·
      remove         yes            yes            ·              ·              ·
      lock           yes            yes            ·              ·              ·
      hand-over-lead yes            yes            ·              ·              ·
      record         yes            yes            ·              ·              ·
      extend         yes            yes            ·              ·              ·
      end-class      yes            yes            ·              ·              ·
      see-register   yes            yes            ·              ·              yes
      check-presence yes            yes            ·              ·              ·
      see-quality    yes            yes            ·              ·              yes"
    `);
  });

  it('has a sentence for each right', () => {
    for (const action of Action.options) expect(rights[action].sentence).toMatch(/^[A-Z].+\.$/);
  });

  it('lets an observer see all and change nothing', () => {
    expect(actionsOf('observer')).toEqual(['see-waiting', 'see-register', 'see-quality']);
  });

  it('gives a guest what a student has', () => {
    expect(actionsOf('guest')).toEqual(actionsOf('student'));
  });

  it('gives assistants all that teachers have, so that a class goes on without its teacher', () => {
    expect(actionsOf('assistant')).toEqual(actionsOf('teacher'));
  });

  it('forbids only those who do not lead', () => {
    for (const role of RoomRole.options) expect(isSubject(role) && isLeading(role)).toBe(false);
    expect(compareStanding('teacher', 'assistant')).toBeGreaterThan(0);
    expect(compareStanding('assistant', 'student')).toBeGreaterThan(0);
    expect(compareStanding('student', 'guest')).toBe(0);
  });
});
