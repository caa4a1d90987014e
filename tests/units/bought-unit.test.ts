import fc from 'fast-check';

import { Semaphore } from '../../domain/semaphore.ts';
import { BoughtUnit } from '../../workflows/units/bought-unit.ts';
import { isOpen } from '../../workflows/units/take.ts';
import { FakeHost } from './fake-host.ts';
import { hostOf, plan } from './unit-plan.ts';

test('a unit is ordered once, fetched, and bought no more', async () => {
  const host = hostOf([]);
  const unit = new BoughtUnit(plan, host.ports);

  const [one, other] = await Promise.all([unit.buy(), unit.buy()]);

  expect(one).toEqual({
    artifact: { key: 'still-b1-t0', sizeBytes: 1, contentType: 'image/png' },
    predictionKey: 'still-b1-t0',
    ledgerKey: 'still-b1-t0',
  });
  expect(other).toBe(one);
  expect(await unit.buy()).toEqual(one);
  expect(host.orders).toHaveLength(1);
  expect(unit.report()).toMatchObject({ status: 'succeeded', attempts: 1, costUsd: 1, model: 'first' });
});

test('the next model makes a unit that one model failed, as a new take, and a person is told', async () => {
  const host = hostOf([{ fails: 'prediction', type: 'PredictionFailed' }]);
  const unit = new BoughtUnit(plan, host.ports);

  await unit.buy();

  expect(host.orders.map(({ take, model: name }) => [take, name])).toEqual([
    ['still-b1-t0', 'first'],
    ['still-b1-t1', 'second'],
  ]);
  expect(host.warnings).toEqual([
    'still-b1: second is tried in place of first (PredictionFailed: It failed.)',
  ]);
});

test('a unit that the platform interrupts twice is made by a third take of the same model', async () => {
  const broken = { fails: 'prediction', type: 'PredictionInterrupted' } as const;
  const host = hostOf([broken, broken]);
  const unit = new BoughtUnit(plan, host.ports);

  expect(await unit.buy()).toBeDefined();

  expect(host.orders.map(({ take, model: name }) => [take, name])).toEqual([
    ['still-b1-t0', 'first'],
    ['still-b1-t1', 'first'],
    ['still-b1-t2', 'first'],
  ]);
  expect(host.warnings).toEqual([]);
});

test('softened words stay as they are where the platform breaks their take off', async () => {
  const refused = { fails: 'prediction', type: 'ContentRejected' } as const;
  const host = hostOf([refused, { fails: 'prediction', type: 'PredictionInterrupted' }], {
    onRefusal: 'soften',
  });
  const unit = new BoughtUnit(plan, host.ports);

  await unit.buy();

  const soft = 'a lamp Tasteful, calm, suitable for all audiences.';
  expect(host.orders.map(({ prompt }) => prompt)).toEqual(['a bloody lamp', soft, soft]);
});

test('refused words are softened once for each model, and no model sees those softened for another', async () => {
  const refused = { fails: 'prediction', type: 'ContentRejected' } as const;
  const host = hostOf([refused, refused, refused, refused], { onRefusal: 'soften' });
  const unit = new BoughtUnit(plan, host.ports);

  expect(await unit.buy()).toBeUndefined();

  const soft = 'a lamp Tasteful, calm, suitable for all audiences.';
  expect(host.orders.map(({ model: name, prompt }) => [name, prompt])).toEqual([
    ['first', 'a bloody lamp'],
    ['first', soft],
    ['second', 'a bloody lamp'],
    ['second', soft],
  ]);
  expect(unit.failure?.type).toBe('ContentRejected');
});

test('an order in doubt is bought by no other model, and a person can let it go on as the same take', async () => {
  let isKnown = false;
  const host = new FakeHost(() => (isKnown ? {} : { fails: 'submit', type: 'NeedsReconcile' }));
  const unit = new BoughtUnit(plan, host.ports);
  expect(await unit.buy()).toBeUndefined();
  expect(unit.takes.map(({ state }) => state)).toEqual(['inDoubt']);

  isKnown = true;
  unit.reopen();
  await unit.buy();

  expect(host.orders.map(({ take }) => take)).toEqual(['still-b1-t0', 'still-b1-t0']);
});

test('another take that a person wants ends what may be live before it is bought', async () => {
  const host = hostOf([{ fails: 'await', type: 'ProviderUnavailable' }]);
  const unit = new BoughtUnit(plan, host.ports);
  await unit.buy();

  unit.reopen({ newTake: true, words: 'a lamp' });
  await unit.buy();

  expect(host.events.filter((event) => !event.startsWith('permit'))).toEqual([
    'submit still-b1-t0',
    'cancel still-b1-t0',
    'submit still-b1-t1',
    'store still-b1-t1',
  ]);
  expect(host.orders.at(-1)?.prompt).toBe('a lamp');
  expect(host.mostLive).toBe(1);
});

test('money comes before a place, and a place before a permit', async () => {
  const host = hostOf([], { capUsd: 1 });
  const slots = new Semaphore(1);
  const leave = await slots.enter();
  const unit = new BoughtUnit({ ...plan, slots }, host.ports);
  const buying = unit.buy();
  await settled();

  expect(host.treasury.report().reservedUsd).toBe(1);
  expect(host.events).toEqual([]);

  leave();
  await buying;
  expect(host.events).toEqual(['permit', 'submit still-b1-t0', 'store still-b1-t0']);
});

test('a unit that waits for money holds no place', async () => {
  const host = hostOf([], { capUsd: 0.5 });
  const slots = new Semaphore(1);
  const unit = new BoughtUnit({ ...plan, slots }, host.ports);
  const buying = unit.buy();
  await settled();

  const leave = await slots.enter();
  expect(unit.report().status).toBe('awaiting_budget');
  leave();
  host.treasury.raise(1);
  expect(await buying).toBeDefined();
});

test('an order whose end is not known keeps its place, and the next work of the unit takes it over', async () => {
  let isKnown = false;
  const host = new FakeHost(() => (isKnown ? {} : { fails: 'await', type: 'ProviderUnavailable' }));
  const slots = new Semaphore(1);
  const unit = new BoughtUnit({ ...plan, slots }, host.ports);
  await unit.buy();
  let hasEntered = false;
  const other = slots.enter().then(() => (hasEntered = true));
  await settled();
  expect(hasEntered).toBe(false);

  isKnown = true;
  unit.reopen();
  await unit.buy();

  await other;
  expect(host.orders.map(({ take }) => take)).toEqual(['still-b1-t0', 'still-b1-t0']);
});

test('money that comes back is left for the next take of the footage, and not for the score', async () => {
  const host = hostOf([{ fails: 'prediction' }], { capUsd: 1 });
  const unit = new BoughtUnit(plan, host.ports);
  const leaveUsd = () => unit.unreservedUsd;
  const buying = unit.buy();
  const score = host.treasury.admit({ purchase: 'score', priceUsd: 0.5, optional: true, leaveUsd });

  expect(await buying).toBeDefined();
  expect(host.treasury.report()).toMatchObject({ spentUsd: 1, waiting: ['score'] });
  host.treasury.endOptional();
  expect(await score).toBe(false);
});

test('a unit that nobody buys holds no money that may come back', async () => {
  const host = hostOf([{ fails: 'await', type: 'ProviderUnavailable' }], { capUsd: 1 });
  const unit = new BoughtUnit(plan, host.ports);
  await unit.buy();
  unit.reopen({ newTake: true });

  expect(host.treasury.report().reservedUsd).toBe(1);
  expect(unit.mayFreeMoney).toBe(false);
});

test('a take that was ended at its host leaves its place before the next one waits for money', async () => {
  const host = hostOf([{ fails: 'await', type: 'ProviderUnavailable' }], { capUsd: 1 });
  const slots = new Semaphore(1);
  const unit = new BoughtUnit({ ...plan, slots }, host.ports);
  await unit.buy();
  host.treasury.halt('The price does not hold.');
  unit.reopen({ newTake: true });
  const buying = unit.buy();

  const leave = await slots.enter();
  leave();
  host.treasury.raise(2);
  expect(await buying).toBeDefined();
});

const script = fc.record(
  {
    fails: fc.constantFrom('submit', 'prediction', 'await', 'store'),
    type: fc.constantFrom(
      'InvalidRequest',
      'ContentRejected',
      'ArtifactMissing',
      'PaidAndLost',
      'ProviderUnavailable',
      'PredictionFailed',
      'NeedsReconcile',
    ),
  },
  { requiredKeys: [] },
);
const decision = fc.record(
  { newTake: fc.boolean(), words: fc.constantFrom('other words', 'more words') },
  { requiredKeys: [] },
);

test('whatever fails and whatever people decide: one live take, and none bought while one may be paid and not fetched', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(script, { maxLength: 8 }),
      fc.array(decision, { maxLength: 8 }),
      fc.constantFrom('park', 'soften'),
      async (scripts, decisions, onRefusal) => {
        const host = hostOf(scripts, { onRefusal });
        const unit = new BoughtUnit(plan, host.ports);
        await unit.buy();
        for (const { newTake, words } of decisions) {
          if (!unit.failure) break;
          const before = unit.takes.at(-1);
          const ordered = host.orders.length;
          unit.reopen({ newTake: newTake ?? false, words });
          const isAnother = newTake === true || words !== undefined;
          await unit.buy();
          const mayBePaid = before !== undefined && (isOpen(before) || before.state === 'paid');
          const next = host.orders[ordered];
          // Only a person may buy a possibly paid unit again; otherwise the order goes on as the same take.
          if (mayBePaid && !isAnother && next) expect(next.take).toBe(`still-b1-t${before.number}`);
        }
        expect(host.mostLive).toBeLessThanOrEqual(1);
        expect(unit.takes.filter(isOpen).length).toBeLessThanOrEqual(1);
        expect(unit.takes.filter(({ state }) => state === 'stored').length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 500 },
  );
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
