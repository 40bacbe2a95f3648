// Reads a lesson's register as the person who is signed in on a page.
import type { Page } from '@playwright/test';
import { Register, type RegisterRow } from '../../../server/contract/attendance.ts';

export async function registerOf(page: Page, lessonId: string): Promise<Register> {
  const answer = await page.request.get(`/api/lessons/${lessonId}/register`);
  return Register.parse(await answer.json());
}

export function rowOf(register: Register, name: string): RegisterRow {
  const row = register.rows.find((one) => one.name === name);
  if (!row) throw new Error(`The register has no row of ${name}`);
  return row;
}
