import type { FailureType } from '../../domain/failure-types.ts';
import { BoughtUnit } from '../../workflows/units/bought-unit.ts';
import { FakeHost } from './fake-host.ts';
import { plan } from './unit-plan.ts';

test('a file that cannot be fetched is looked for, slower and slower, until it is there, and bought by no other model', async () => {
  let isThere = false;
  const host = new FakeHost(() => (isThere ? {} : { fails: 'store', type: 'NotFetched' }));
  const unit = new BoughtUnit(plan, host.ports);
  expect(await unit.buy()).toBeUndefined();
  for (let look = 0; look < 5; look += 1) await host.passPauses();
  expect(unit.report()).toMatchObject({ status: 'failed', failure: { type: 'NotFetched' } });
  expect(unit.isAtStake).toBe(true);

  isThere = true;
  await host.passPauses();

  expect(unit.report()).toMatchObject({ status: 'succeeded', artifact: { key: 'still-b1-t0' } });
  expect(await unit.buy()).toBeDefined();
  expect(host.orders).toHaveLength(1);
  const pauses = host.events.filter((event) => event.startsWith('pause'));
  expect(pauses).toEqual([
    'pause 1 min',
    'pause 2 min',
    'pause 4 min',
    'pause 8 min',
    'pause 10 min',
    'pause 10 min',
  ]);
  expect(host.events.at(-1)).toBe('goes on');
});

test('a person who retries a unit whose file cannot be fetched has it fetched at once, and buys nothing', async () => {
  let isThere = false;
  const host = new FakeHost(() => (isThere ? {} : { fails: 'store', type: 'NotFetched' }));
  const unit = new BoughtUnit(plan, host.ports);
  expect(await unit.buy()).toBeUndefined();

  isThere = true;
  unit.reopen();
  expect(await unit.buy()).toBeDefined();

  expect(host.orders).toHaveLength(1);
  expect(host.events.filter((event) => event.startsWith('store'))).toHaveLength(2);
});

test('a file that is lost in the end waits for a person, and is looked for no more', async () => {
  let type: FailureType = 'NotFetched';
  const host = new FakeHost(() => ({ fails: 'store', type }));
  const unit = new BoughtUnit(plan, host.ports);
  await unit.buy();

  type = 'PaidAndLost';
  await host.passPauses();

  expect(unit.failure?.type).toBe('PaidAndLost');
  expect(unit.isAtStake).toBe(false);
  const { length: before } = host.events;
  await host.passPauses();
  expect(host.events).toHaveLength(before);
});

test('a file that comes after a person wanted another take does not replace that', async () => {
  let isThere = false;
  const host = new FakeHost((take) =>
    isThere || take.endsWith('t1') ? {} : { fails: 'store', type: 'NotFetched' },
  );
  const unit = new BoughtUnit(plan, host.ports);
  await unit.buy();

  isThere = true;
  unit.reopen({ newTake: true });
  await unit.buy();

  expect(unit.bought?.predictionKey).toBe('still-b1-t1');
  expect(unit.takes.map(({ state }) => state)).toEqual(['replaced', 'stored']);
});

test('looks end with the video, and without a person to wait for there are none', async () => {
  const host = new FakeHost(() => ({ fails: 'store', type: 'NotFetched' }));
  const unit = new BoughtUnit(plan, host.ports);
  await unit.buy();
  await unit.close();
  await host.passPauses();
  expect(host.events.filter((event) => event.startsWith('store'))).toHaveLength(1);

  const alone = new BoughtUnit(plan, { ...host.ports, waitsForPerson: false });
  await alone.buy();

  expect(alone.failure?.type).toBe('NotFetched');
  expect(host.events.filter((event) => event.startsWith('pause'))).toHaveLength(1);
});

test('a step that runs out of its own time is scheduled again, and nothing is bought twice', async () => {
  let timeouts = 2;
  const host = new FakeHost(() => {
    timeouts -= 1;
    return timeouts >= 0 ? { fails: 'await', type: 'TimedOut' } : {};
  });
  const unit = new BoughtUnit(plan, host.ports);

  expect(await unit.buy()).toBeDefined();

  expect(new Set(host.orders.map(({ take }) => take))).toEqual(new Set(['still-b1-t0']));
  expect(host.treasury.report().spentUsd).toBe(1);
});
