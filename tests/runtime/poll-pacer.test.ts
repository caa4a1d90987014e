import { createPollPacer } from '../../activities/runtime/poll-pacer.ts';

const quick = { readsPerSecond: 1_000, random: () => 0.5 };
const waited = (elapsedMs: number, id = 'a') => ({ id, model: 'hailuo-02', elapsedMs });

test.each([
  [0, 250],
  [4_000, 250],
  [6_000, 300],
  [40_000, 2_000],
  [100_000, 5_000],
  [3_600_000, 5_000],
  [-500, 250],
])('a prediction that is %i ms old is looked at again after %i ms', (elapsedMs, expectedMs) => {
  expect(createPollPacer(quick).nextLookMs(waited(elapsedMs))).toBeCloseTo(expectedMs, 6);
});

test.each([
  [0, 1_800],
  [0.999_999, 2_200],
])('a die of %d moves a look of 2,000 ms to %i ms', (die, expectedMs) => {
  const pacer = createPollPacer({ ...quick, random: () => die });

  expect(pacer.nextLookMs(waited(40_000))).toBeCloseTo(expectedMs, 0);
});

test('a thousand predictions share the looks that the host allows', () => {
  const pacer = createPollPacer({ ...quick, readsPerSecond: 45 });
  for (let n = 0; n < 999; n += 1) pacer.nextLookMs(waited(10_000, String(n)));

  // Each once in 1,000 / 45 s.
  expect(pacer.nextLookMs(waited(10_000, 'last'))).toBeCloseTo(22_222, 0);
});

test('one prediction that is looked at often counts once', () => {
  const pacer = createPollPacer({ ...quick, readsPerSecond: 1 });
  for (let n = 0; n < 50; n += 1) pacer.nextLookMs(waited(10_000));

  expect(pacer.nextLookMs(waited(10_000))).toBeCloseTo(1_000, 6);
});

test('predictions that have ended give way to the others', () => {
  const pacer = createPollPacer({ ...quick, readsPerSecond: 1 });
  for (const id of ['b', 'c', 'd']) pacer.nextLookMs(waited(10_000, id));
  for (const id of ['b', 'c', 'd']) pacer.noteEnd({ id, model: 'hailuo-02' }, undefined);

  expect(pacer.nextLookMs(waited(10_000))).toBeCloseTo(1_000, 6);
});

test('predictions that other workers look at now give way after two minutes', () => {
  const now = performance.now.bind(performance);
  const pacer = createPollPacer({ ...quick, readsPerSecond: 1 });
  for (const id of ['b', 'c', 'd']) pacer.nextLookMs(waited(10_000, id));
  performance.now = () => now() + 121_000;
  try {
    expect(pacer.nextLookMs(waited(10_000))).toBeCloseTo(1_000, 6);
  } finally {
    performance.now = now;
  }
});

test('a look falls on the moment at which earlier predictions of the model ended', () => {
  const pacer = createPollPacer(quick);
  pacer.noteEnd({ id: 'b', model: 'hailuo-02' }, 40_500);

  const nextMs = pacer.nextLookMs(waited(40_000));

  expect(nextMs).toBeGreaterThanOrEqual(500);
  expect(nextMs).toBeLessThan(600);
  expect(pacer.nextLookMs({ ...waited(40_000), model: 'veo-3.1' })).toBeCloseTo(2_000, 6);
});

test.each([
  [40_400, 130, 'before it, the moment itself'],
  [40_500, 250, 'at the moment'],
  [41_700, 250, 'while the clock of the store may be that far off'],
  [41_800, 2_090, 'afterwards, by its age again'],
])('at %i ms of a model that took 40,500 the next look comes after %i ms: %s', (elapsedMs, expectedMs) => {
  const pacer = createPollPacer(quick);
  pacer.noteEnd({ id: 'b', model: 'hailuo-02' }, 40_500);

  expect(pacer.nextLookMs(waited(elapsedMs))).toBeCloseTo(expectedMs, 6);
});

test('looks at what is due stay under the host’s limit as well', () => {
  const pacer = createPollPacer({ ...quick, readsPerSecond: 1 });
  pacer.noteEnd({ id: 'b', model: 'hailuo-02' }, 40_500);
  for (let n = 0; n < 9; n += 1) pacer.nextLookMs(waited(40_490, String(n)));

  expect(pacer.nextLookMs(waited(40_490, 'last'))).toBeCloseTo(10_000, 6);
  expect(pacer.nextLookMs(waited(40_600, 'last'))).toBeCloseTo(10_000, 6);
});

test('an announced prediction is looked at every 30 s, however young it is', () => {
  const pacer = createPollPacer(quick);
  pacer.noteEnd({ id: 'b', model: 'hailuo-02' }, 40_500);

  for (const elapsedMs of [0, 40_000, 3_600_000])
    expect(pacer.nextLookMs({ ...waited(elapsedMs), isAnnounced: true })).toBeCloseTo(30_000, 6);
});

test('looks at what hosts tell us of stay under the host’s limit as well', () => {
  const pacer = createPollPacer({ ...quick, readsPerSecond: 1 });
  for (let n = 0; n < 99; n += 1) pacer.nextLookMs({ ...waited(0, String(n)), isAnnounced: true });

  expect(pacer.nextLookMs({ ...waited(0), isAnnounced: true })).toBeCloseTo(100_000, 0);
});
