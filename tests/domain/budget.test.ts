import fc from 'fast-check';

import { Budget } from '../../domain/budget.ts';

test('reserved money counts until the real cost replaces it', () => {
  const budget = new Budget(1);

  expect(budget.reserve('a', 0.6)).toBe(true);
  expect(budget.reserve('b', 0.6)).toBe(false);
  budget.settle('a', 0.4);

  expect(budget.reserve('b', 0.6)).toBe(true);
  expect(budget).toMatchObject({ spentUsd: 0.4, reservedUsd: 0.6 });
});

test('ten dimes fit a dollar exactly, without the dust of binary fractions', () => {
  const budget = new Budget(1);

  const admitted = Array.from({ length: 11 }, (_, index) => budget.reserve(String(index), 0.1));

  expect(admitted).toEqual([...Array.from({ length: 10 }, () => true), false]);
});

test('the same purchase is set aside once, and one that is paid for needs nothing more', () => {
  const budget = new Budget(0.5);

  expect([budget.reserve('a', 0.5), budget.reserve('a', 0.5)]).toEqual([true, true]);
  budget.settle('a', 0.5);

  expect(budget.reserve('a', 0.5)).toBe(true);
  expect(budget).toMatchObject({ spentUsd: 0.5, reservedUsd: 0 });
});

test('without a cap everything fits', () => {
  expect(new Budget().reserve('a', 1e6)).toBe(true);
});

test('a cap is raised and never lowered', () => {
  const budget = new Budget(1);
  budget.raise(0.5);
  expect(budget.capUsd).toBe(1);
  budget.raise(2);
  expect(budget.capUsd).toBe(2);
});

test('while hosts keep to their highest prices, spent and set aside never pass the cap', () => {
  const cents = fc.integer({ min: 0, max: 300 });
  const step = fc.record({
    act: fc.constantFrom('reserve', 'settle', 'release'),
    purchase: fc.constantFrom('a', 'b', 'c', 'd'),
    cents,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step), cents, (steps, cap) => {
      const budget = new Budget(cap / 100);
      const prices = new Map<string, number>();
      for (const { act, purchase, cents: price, share } of steps) {
        if (act === 'reserve' && !budget.knows(purchase) && budget.reserve(purchase, price / 100))
          prices.set(purchase, price / 100);
        if (act === 'settle' && prices.has(purchase))
          budget.settle(purchase, (prices.get(purchase) ?? 0) * share);
        if (act === 'release') budget.release(purchase);
        expect(budget.spentUsd + budget.reservedUsd).toBeLessThanOrEqual(cap / 100 + 1e-9);
      }
    }),
  );
});
