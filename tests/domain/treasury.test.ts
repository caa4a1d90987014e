import { Treasury } from '../../domain/treasury.ts';

test('purchases that do not fit wait in order, and go out when money comes back', async () => {
  const treasury = new Treasury(1);
  const admitted: string[] = [];
  const ask = (purchase: string, priceUsd: number, optional = false) =>
    treasury.admit({ purchase, priceUsd, optional }).then((isAdmitted) => {
      if (isAdmitted) admitted.push(purchase);
      return isAdmitted;
    });
  await ask('a', 0.8);
  void ask('b', 0.5);
  void ask('cheap', 0.1);
  await settled();
  // No purchase overtakes another; otherwise dear ones would wait for ever.
  expect(admitted).toEqual(['a']);
  expect(treasury.report()).toMatchObject({ waiting: ['b', 'cheap'], reservedUsd: 0.8 });
  // Reserved money may come back, so a person is not needed yet.
  expect(treasury.isShort).toBe(false);

  treasury.settle('a', 0.3);
  await settled();

  expect(admitted).toEqual(['a', 'b', 'cheap']);
  expect(treasury.isShort).toBe(false);
});

test('waiting purchases need a person as soon as no reserved money can come back by itself', async () => {
  let isUnderWay = true;
  const treasury = new Treasury(1, { mayFree: () => isUnderWay });
  await treasury.admit({ purchase: 'a', priceUsd: 0.8 });
  const patient = treasury.admit({ purchase: 'b', priceUsd: 0.5 });
  const impatient = treasury.admit({ purchase: 'c', priceUsd: 0.5, mayWait: false });
  treasury.refuseImpatient();
  expect(treasury.report().waiting).toEqual(['b', 'c']);

  // The order is in doubt, so only a person can tell its cost.
  isUnderWay = false;
  expect(treasury.isShort).toBe(true);
  treasury.refuseImpatient();

  await expect(impatient).resolves.toBe(false);
  treasury.raise(2);
  await expect(patient).resolves.toBe(true);
});

test('money that was set aside for nothing comes back', async () => {
  const treasury = new Treasury(1);
  await treasury.admit({ purchase: 'a', priceUsd: 1 });
  const next = treasury.admit({ purchase: 'b', priceUsd: 1 });

  treasury.release('a');

  await expect(next).resolves.toBe(true);
});

test('an optional purchase waits behind all others, and is given up in the end', async () => {
  const treasury = new Treasury(1);
  await treasury.admit({ purchase: 'a', priceUsd: 0.9 });
  const score = treasury.admit({ purchase: 'score', priceUsd: 0.2, optional: true });
  const clip = treasury.admit({ purchase: 'clip', priceUsd: 0.4 });
  expect(treasury.report().waiting).toEqual(['clip', 'score']);

  treasury.settle('a', 0.5);
  await expect(clip).resolves.toBe(true);
  expect(treasury.isShort).toBe(false);
  treasury.endOptional();

  await expect(score).resolves.toBe(false);
  await expect(treasury.admit({ purchase: 'other', priceUsd: 9, optional: true })).resolves.toBe(false);
});

test('an optional purchase takes no money while a needed one waits', () => {
  const treasury = new Treasury(1);
  void treasury.admit({ purchase: 'dear', priceUsd: 2 });

  expect(treasury.tryAdmit({ purchase: 'score', priceUsd: 0.1, optional: true })).toBe(false);
});

test('a treasury that was halted buys nothing before a person raises the budget', async () => {
  const treasury = new Treasury(10);
  treasury.halt('The host billed too much.');
  const next = treasury.admit({ purchase: 'a', priceUsd: 1 });
  expect(treasury.report()).toMatchObject({ waiting: ['a'], halted: 'The host billed too much.' });

  treasury.raise(10);

  await expect(next).resolves.toBe(true);
  expect(treasury.report().halted).toBeUndefined();
});

test('a purchase that is paid for is asked for again without money, also when nothing else goes', async () => {
  const treasury = new Treasury(1);
  await treasury.admit({ purchase: 'a', priceUsd: 1 });
  treasury.settle('a', 1);
  treasury.halt('Stop.');

  await expect(treasury.admit({ purchase: 'a', priceUsd: 1 })).resolves.toBe(true);
});

test('a treasury that is closed refuses who waits and who comes later', async () => {
  const treasury = new Treasury(1);
  const waiting = treasury.admit({ purchase: 'a', priceUsd: 2 });
  const reason = new Error('The video was cancelled.');

  treasury.close(reason);

  await expect(waiting).rejects.toBe(reason);
  await expect(treasury.admit({ purchase: 'b', priceUsd: 0 })).rejects.toBe(reason);
});

test('a watcher hears when something begins and ends to wait, and when the budget is raised', async () => {
  const seen: boolean[] = [];
  const treasury = new Treasury(1, { onChange: () => seen.push(treasury.isShort) });
  void treasury.admit({ purchase: 'a', priceUsd: 2 });
  treasury.raise(2);
  await settled();

  expect(seen).toEqual([true, false, false]);
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
