import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ExperimentDraft, type SavedTexts, type Texts } from './experiment-draft.ts';

const SECONDS_MS = 1000;
const FIRST: SavedTexts = { title: 'Rabi', description: 'A', version: 1 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server with one experiment that somebody else writes too. */
function sharedExperiment() {
  const conflict = new Error('changed meanwhile');
  const lost = new Error('no answer');
  const gone = new Error('deleted');
  const server = {
    saved: FIRST,
    isDown: false,
    isDeleted: false,
    /** Saves, and its answer is lost. */
    losesAnswer: false,
    saves: 0,
    answer: (saved: SavedTexts) => saved,
    writeThere(changes: Partial<Texts>) {
      server.saved = { ...server.saved, ...changes, version: server.saved.version + 1 };
    },
  };
  const draft = new ExperimentDraft(FIRST, {
    async save(changes, version) {
      server.saves += 1;
      if (server.isDown) throw lost;
      if (server.isDeleted) throw gone;
      if (version !== server.saved.version) throw conflict;
      server.writeThere(changes);
      if (server.losesAnswer) throw lost;
      return server.answer(server.saved);
    },
    load: async () => server.saved,
    isConflict: (error) => error === conflict,
    isLost: (error) => error === lost,
    isGone: (error) => error === gone,
    refuse: (field, text) => (field === 'title' && text === '' ? 'a title is needed' : undefined),
    explain: String,
  });
  return { server, draft };
}

async function inConflict() {
  const on = sharedExperiment();
  on.server.writeThere({ description: 'C' });
  on.draft.change('description', 'B');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(on.draft.snapshot()).toMatchObject({ state: 'conflict', clashes: ['description'] });
  return on;
}

test('saves a pause after the last key', async () => {
  const { server, draft } = sharedExperiment();
  draft.change('title', 'Ramsey');
  expect(draft.snapshot().state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(draft.snapshot().state).toBe('saved');
  expect(server.saved.title).toBe('Ramsey');
});

test('saves again when the other writing of a conflict was taken back', async () => {
  const { server, draft } = await inConflict();
  server.writeThere({ description: 'A' });
  draft.adopt(server.saved);
  expect(draft.snapshot()).toEqual({ texts: { title: 'Rabi', description: 'B' }, state: 'waiting' });
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(draft.snapshot().state).toBe('saved');
  expect(server.saved.description).toBe('B');
  draft.change('description', 'B and more');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(server.saved.description).toBe('B and more');
});

test('stays in conflict while the two writings differ, and saves the one that is chosen', async () => {
  const { server, draft } = await inConflict();
  server.writeThere({ description: 'D' });
  draft.adopt(server.saved);
  expect(draft.snapshot()).toMatchObject({ state: 'conflict', theirs: { description: 'D' } });
  draft.keepMine();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.saved.description).toBe('B');
});

test('what others change beside the text of a conflict is taken over each time, and never written back', async () => {
  const { server, draft } = await inConflict();
  server.writeThere({ title: 'Ra' });
  draft.adopt(server.saved);
  server.writeThere({ title: 'Rabi of qubit 3' });
  draft.adopt(server.saved);
  expect(draft.snapshot()).toMatchObject({
    texts: { title: 'Rabi of qubit 3', description: 'B' },
    clashes: ['description'],
  });
  draft.keepMine();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.saved).toMatchObject({ title: 'Rabi of qubit 3', description: 'B' });
});

test('a title that others write during a conflict and take back stays as it was', async () => {
  const { server, draft } = await inConflict();
  for (const title of ['Ra', 'Rabi']) {
    server.writeThere({ title });
    draft.adopt(server.saved);
  }
  expect(draft.snapshot()).toMatchObject({ texts: { title: 'Rabi' }, clashes: ['description'] });
  draft.keepMine();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.saved).toMatchObject({ title: 'Rabi', description: 'B' });
});

test('a title that is written here during a conflict is not taken over by one of others', async () => {
  const { server, draft } = await inConflict();
  server.writeThere({ title: 'Ra' });
  draft.adopt(server.saved);
  draft.change('title', 'Ramsey');
  server.writeThere({ title: 'Rabi of qubit 3' });
  draft.adopt(server.saved);
  expect(draft.snapshot()).toMatchObject({
    texts: { title: 'Ramsey', description: 'B' },
    clashes: ['title', 'description'],
  });
});

test('in a conflict, giving up leaves what others wrote', async () => {
  const { server, draft } = await inConflict();
  draft.discard();
  expect(draft.snapshot()).toEqual({ texts: { title: 'Rabi', description: 'C' }, state: 'saved' });
  draft.change('description', 'C and more');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(draft.snapshot().state).toBe('saved');
  expect(server.saved.description).toBe('C and more');
});

test('says still why a text is refused when somebody else changes the other one', async () => {
  const { server, draft } = sharedExperiment();
  draft.change('title', '');
  await draft.flush();
  server.writeThere({ description: 'C' });
  draft.adopt(server.saved);
  expect(draft.snapshot()).toMatchObject({ state: 'refused', problem: 'a title is needed' });
});

test('what was given up is not saved later', async () => {
  const { server, draft } = sharedExperiment();
  server.isDown = true;
  draft.change('title', 'Ramsey');
  await draft.flush();
  expect(draft.snapshot().state).toBe('failed');
  draft.discard();
  server.isDown = false;
  await vi.advanceTimersByTimeAsync(60 * SECONDS_MS);
  expect(draft.snapshot()).toMatchObject({ state: 'saved', texts: { title: 'Rabi' } });
  expect(server.saved.title).toBe('Rabi');
});

test('what was sent when an answer was lost is not announced as written by somebody else', async () => {
  const { server, draft } = sharedExperiment();
  server.losesAnswer = true;
  draft.change('description', 'A and B');
  await draft.flush();
  expect(draft.snapshot().state).toBe('failed');
  server.losesAnswer = false;
  draft.change('description', 'A and B and C');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(draft.snapshot()).toEqual({
    texts: { title: 'Rabi', description: 'A and B and C' },
    state: 'saved',
  });
  expect(server.saved.description).toBe('A and B and C');
});

test('what is taken back after an answer was lost is taken back on the server, too', async () => {
  const { server, draft } = sharedExperiment();
  server.losesAnswer = true;
  draft.change('description', 'A and B');
  await draft.flush();
  server.losesAnswer = false;
  draft.change('description', 'A');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(draft.snapshot().state).toBe('saved');
  expect(server.saved.description).toBe('A');
});

test('after a lost answer, what somebody else writes over it is a conflict', async () => {
  const { server, draft } = sharedExperiment();
  server.losesAnswer = true;
  draft.change('description', 'B');
  await draft.flush();
  server.losesAnswer = false;
  server.writeThere({ description: 'C' });
  draft.change('description', 'B and more');
  await vi.advanceTimersByTimeAsync(SECONDS_MS);
  expect(draft.snapshot()).toMatchObject({ state: 'conflict', theirs: { description: 'C' } });
});

test('a title that can not be saved does not hold back the description', async () => {
  const { server, draft } = sharedExperiment();
  draft.change('title', '');
  draft.change('description', 'an hour of notes');
  await draft.flush();
  expect(server.saved).toMatchObject({ title: 'Rabi', description: 'an hour of notes' });
  expect(draft.snapshot()).toMatchObject({
    state: 'refused',
    problem: 'a title is needed',
    texts: { title: '' },
  });
  draft.change('title', 'Ramsey');
  await draft.flush();
  expect(draft.snapshot().state).toBe('saved');
  expect(server.saved.title).toBe('Ramsey');
});

test('half a character is replaced, and an answer with other letters is not saved against', async () => {
  const { server, draft } = sharedExperiment();
  draft.change('description', 'cut \ud83d');
  expect(draft.snapshot().texts.description).toBe('cut \ufffd');
  server.answer = (saved) => ({ ...saved, description: saved.description.toUpperCase() });
  await draft.flush();
  expect(draft.snapshot()).toMatchObject({ state: 'saved', texts: { description: 'cut \ufffd' } });
  expect(server.saves).toBe(1);
});

test('of an experiment that is there no more nothing is saved again and again', async () => {
  const { server, draft } = sharedExperiment();
  server.isDeleted = true;
  draft.change('title', 'Ramsey');
  await draft.flush();
  await vi.advanceTimersByTimeAsync(60 * SECONDS_MS);
  expect(draft.snapshot().state).toBe('failed');
  expect(server.saves).toBe(1);
});
