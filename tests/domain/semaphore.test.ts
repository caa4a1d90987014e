import fc from 'fast-check';

import { Semaphore } from '../../domain/semaphore.ts';

/** Work that ends when the test says so. */
function createGate() {
  let open: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { passed, open, fail };
}

test('work beyond the places waits until one is free', async () => {
  const semaphore = new Semaphore(2);
  const started: number[] = [];
  const gates = Array.from({ length: 3 }, createGate);
  const runs = gates.map((gate, at) =>
    runIn(semaphore, () => {
      started.push(at);
      return gate.passed;
    }),
  );
  await settle();
  expect(started).toEqual([0, 1]);

  gates[1]!.open();
  await runs[1];
  await settle();
  expect(started).toEqual([0, 1, 2]);

  for (const gate of gates) gate.open();
  await Promise.all(runs);
});

test('the highest priority goes first, the earliest among equals', async () => {
  const { holder, started, enqueue } = await occupied();
  const runs = [
    enqueue('low', 0),
    enqueue('high', 5),
    enqueue('middle', 2),
    enqueue('high again', 5),
    enqueue('lowest', -1),
  ];
  holder.open();
  await Promise.all(runs);

  expect(started).toEqual(['high', 'high again', 'middle', 'low', 'lowest']);
});

test('work that fails frees its place and passes its error on', async () => {
  const semaphore = new Semaphore(1);
  const failure = new Error('The host refused.');

  const failed = runIn(semaphore, () => Promise.reject(failure));
  const next = runIn(semaphore, () => Promise.resolve('done'));

  await expect(failed).rejects.toBe(failure);
  await expect(next).resolves.toBe('done');
});

test('work that throws before its first wait frees its place, too', async () => {
  const semaphore = new Semaphore(1);
  const failed = runIn(semaphore, () => {
    throw new Error('Not even started.');
  });

  await expect(failed).rejects.toThrow('Not even started.');
  await expect(runIn(semaphore, () => Promise.resolve(1))).resolves.toBe(1);
});

test('closing refuses all that waits and comes later, and lets what runs finish', async () => {
  const { semaphore, holder, held, started, enqueue } = await occupied();
  const waiting = [enqueue('first', 0), enqueue('second', 9)].map((run) =>
    expect(run).rejects.toThrow('Canceled'),
  );
  semaphore.close(new Error('Canceled'));
  await Promise.all(waiting);
  await expect(enqueue('late', 0)).rejects.toThrow('Canceled');

  holder.open();
  await expect(held).resolves.toBe('held');
  await expect(enqueue('after the last one left', 0)).rejects.toThrow('Canceled');
  expect(started).toEqual([]);
});

test('only the first reason to close counts', async () => {
  const semaphore = new Semaphore(1);
  semaphore.close(new Error('first'));
  semaphore.close(new Error('second'));

  await expect(runIn(semaphore, () => Promise.resolve())).rejects.toThrow('first');
});

test('never more run at once than there are places, all run, and results keep the order of asking', async () => {
  const work = fc.record({
    turns: fc.nat(5),
    fails: fc.boolean(),
    priority: fc.integer({ min: -3, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.array(work, { maxLength: 30 }),
      async (places, pieces) => {
        const semaphore = new Semaphore(places);
        let live = 0;
        let most = 0;
        const outcomes = await Promise.allSettled(
          pieces.map(({ turns, fails, priority }, at) =>
            runIn(
              semaphore,
              async () => {
                live += 1;
                most = Math.max(most, live);
                for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
                live -= 1;
                if (fails) throw new Error(String(at));
                return at;
              },
              priority,
            ),
          ),
        );
        expect(most).toBeLessThanOrEqual(places);
        expect(live).toBe(0);
        expect(outcomes).toEqual(
          pieces.map(({ fails }, at) =>
            fails
              ? { status: 'rejected', reason: new Error(String(at)) }
              : { status: 'fulfilled', value: at },
          ),
        );
      },
    ),
  );
});

/** A semaphore of one place that is taken until `holder` opens. */
async function occupied() {
  const semaphore = new Semaphore(1);
  const holder = createGate();
  const started: string[] = [];
  const held = runIn(semaphore, async () => {
    await holder.passed;
    return 'held';
  });
  await settle();
  const enqueue = (name: string, priority: number): Promise<void> =>
    runIn(
      semaphore,
      () => {
        started.push(name);
        return Promise.resolve();
      },
      priority,
    );
  return { semaphore, holder, held, started, enqueue };
}

/** Does work in a place of the semaphore. */
async function runIn<T>(semaphore: Semaphore, work: () => Promise<T>, priority?: number): Promise<T> {
  const leave = await semaphore.enter(priority);
  try {
    return await work();
  } finally {
    leave();
  }
}

/** Lets all pending callbacks run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
