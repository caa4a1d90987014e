import fc from 'fast-check';

import { Treasury } from '../../domain/treasury.ts';
import { BoughtUnit } from '../../workflows/units/bought-unit.ts';
import { MadeUnit } from '../../workflows/units/made-unit.ts';
import type { TakeScript } from './fake-host.ts';
import { hostOf, plan } from './unit-plan.ts';

const scripts = fc.array(
  fc.record<TakeScript>({
    fails: fc.constantFrom('submit', 'prediction', 'await', 'store', undefined),
    type: fc.constantFrom(
      ...(['PredictionFailed', 'ContentRejected', 'NeedsReconcile'] as const),
      ...(['ProviderUnavailable', 'PaidAndLost', 'NotFetched', 'PredictionInterrupted'] as const),
    ),
  }),
  { maxLength: 5 },
);

test('a unit goes on in another run where it stood: it shows the same, and the same comes next', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, fc.boolean(), async (script, isRetried) => {
      const host = hostOf(script);
      const before = new BoughtUnit(plan, host.ports);
      await before.buy();

      const carried = overTheWire(before.carry());
      const after = new BoughtUnit(plan, host.ports);
      after.restore(carried);

      expect(overTheWire(after.carry())).toEqual(carried);
      expect(after.report()).toEqual(before.report());
      const { length: ordered } = host.orders;
      expect(await after.buy()).toEqual(before.bought);
      expect(host.orders).toHaveLength(ordered);
      if (!isRetried) return;
      for (const unit of [before, after]) unit.reopen();
      expect(after.takes.map(({ number }) => number)).toEqual(before.takes.map(({ number }) => number));
      await after.buy();
      expect(host.mostLive).toBeLessThanOrEqual(1);
    }),
  );
});

test('a step of our own that was done is not done again', async () => {
  const place = { medium: 'cut', beat: '', chunk: 0 } as const;
  const { ports } = hostOf([]);
  const before = new MadeUnit(place, ports, (key: { readonly key: string }) => ({
    ...key,
    sizeBytes: 1,
    contentType: 'video/mp4',
  }));
  await before.make(() => Promise.resolve({ key: 'cut.mp4' }));
  const after = new MadeUnit(place, ports, () => undefined);
  after.restore(overTheWire(before.carry()));

  expect(await after.make(() => Promise.reject(new Error('made twice')))).toEqual({ key: 'cut.mp4' });
  expect(after.report()).toEqual(before.report());
});

test('money that is spent, set aside or held back is so in another run', async () => {
  const before = new Treasury(1);
  await before.admit({ purchase: 'a', priceUsd: 0.3 });
  await before.admit({ purchase: 'b', priceUsd: 0.2 });
  before.settle('a', 0.25);
  before.raise(2);
  before.halt('A host billed too much.');
  const after = new Treasury(1);
  after.restore(overTheWire(before.carry()));

  expect(after.report()).toEqual(before.report());
  expect(after.tryAdmit({ purchase: 'b', priceUsd: 0.2 })).toBe(true);
  expect(after.tryAdmit({ purchase: 'c', priceUsd: 0.1 })).toBe(false);
});

/** Encodes and decodes a value, as Temporal does. */
function overTheWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
