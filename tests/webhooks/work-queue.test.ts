import { WorkQueue } from '../../workers/webhooks/work-queue.ts';

test('work is done a few pieces at a time, in the order in which it came', async () => {
  const queue = new WorkQueue({ atOnce: 2, waiting: 3 });
  const started: number[] = [];
  const ends: (() => void)[] = [];
  for (const piece of [0, 1, 2, 3]) {
    queue.add(() => {
      started.push(piece);
      return new Promise((end) => ends.push(end));
    });
  }

  expect(started).toEqual([0, 1]);
  expect(queue.isFull).toBe(false);
  queue.add(() => Promise.resolve());
  expect(queue.isFull).toBe(true);
  const idle = queue.idle();
  for (let ended = 0; ended < 4; ended += 1) {
    while (ends.length <= ended) await new Promise(setImmediate);
    ends[ended]?.();
  }
  await idle;
  expect(started).toEqual([0, 1, 2, 3]);
});

test('a queue without work is idle', async () => {
  await expect(new WorkQueue({ atOnce: 1, waiting: 1 }).idle()).resolves.toBeUndefined();
});
