// Brings files in over the API, so that what an import page shows can be looked at.
import { expect } from '@playwright/test';
import { ImportJobDetail, type ImportState } from '../../../server/contract/import.ts';
import { patience, type Visitor } from './visitor.ts';

interface ImportedFile {
  readonly name: string;
  readonly source: string;
  readonly body: Buffer;
}

/** Uploaded, read and compared. @returns its id */
export async function uploaded(who: Visitor, url: string, { name, source, body }: ImportedFile, becomes: ImportState): Promise<string> {
  const query = new URLSearchParams({ name, source });
  const answer = await who.page.request.post(`/api/imports?${query}`, { data: body, headers: { origin: url, ...binary } });
  expect(answer.status(), await answer.text()).toBe(200);
  const { id } = ImportJobDetail.parse(await answer.json());
  await settles(who, id, becomes);
  return id;
}

export async function applied(who: Visitor, url: string, id: string): Promise<void> {
  const answer = await who.page.request.post(`/api/imports/${id}/apply`, { data: { withGone: false }, headers: { origin: url } });
  expect(answer.status(), await answer.text()).toBe(200);
  await settles(who, id, 'done');
}

const binary = { 'content-type': 'application/octet-stream' };

async function settles(who: Visitor, id: string, state: ImportState): Promise<void> {
  const working = ['reading', 'applying', 'laying-out'];
  const read = async () => ImportJobDetail.parse(await (await who.page.request.get(`/api/imports/${id}`)).json());
  await expect.poll(async () => working.includes((await read()).state), { ...patience, intervals: [100] }).toBe(false);
  const job = await read();
  expect(job.state, JSON.stringify(job.faults)).toBe(state);
}
