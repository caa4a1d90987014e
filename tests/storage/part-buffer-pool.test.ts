import { createPartBufferPool } from '../../activities/storage/part-buffer-pool.ts';

const never = new AbortController().signal;

test('a buffer is reused, and one that is spoiled is not', async () => {
  const pool = createPartBufferPool({ memoryMiB: 5, partMiB: 5 });
  const first = await pool.acquire(never);
  first.release();
  const second = await pool.acquire(never);
  expect(second.bytes).toBe(first.bytes);
  second.release({ spoiled: true });
  expect((await pool.acquire(never)).bytes).not.toBe(first.bytes);
});

test('room that is reserved takes the place of idle buffers, so the budget holds', async () => {
  const pool = createPartBufferPool({ memoryMiB: 5, partMiB: 5 });
  const first = await pool.acquire(never);
  first.release();
  (await pool.reserve(1, never)).release();
  expect((await pool.acquire(never)).bytes).not.toBe(first.bytes);
});

test('who asks beyond the budget waits, in the order of asking', async () => {
  const pool = createPartBufferPool({ memoryMiB: 10, partMiB: 5 });
  const held = [await pool.acquire(never), await pool.acquire(never)];
  const order: string[] = [];
  const wide = pool.reserve(2, never).then((room) => {
    order.push('wide');
    return room;
  });
  const narrow = pool.acquire(never).then(() => order.push('narrow'));
  held[0]!.release();
  await Promise.resolve();
  expect(order).toEqual([]);
  held[1]!.release();
  (await wide).shrinkTo(1);
  await narrow;
  expect(order).toEqual(['wide', 'narrow']);
});

test('releasing twice frees one place', async () => {
  const pool = createPartBufferPool({ memoryMiB: 5, partMiB: 5 });
  const buffer = await pool.acquire(never);
  buffer.release();
  buffer.release();
  await pool.acquire(never);
  const cancel = new AbortController();
  const third = pool.acquire(cancel.signal);
  cancel.abort(new Error('waited in vain'));
  await expect(third).rejects.toThrow('waited in vain');
});

test('who gives up waiting lets the next one through', async () => {
  const pool = createPartBufferPool({ memoryMiB: 10, partMiB: 5 });
  const held = await pool.acquire(never);
  const cancel = new AbortController();
  const wide = pool.reserve(2, cancel.signal);
  const narrow = pool.acquire(never);
  cancel.abort(new Error('given up'));
  await expect(wide).rejects.toThrow('given up');
  await expect(narrow).resolves.toBeDefined();
  held.release();
});

test.each([
  { memoryMiB: 64, partMiB: 4 },
  { memoryMiB: 4, partMiB: 5 },
])('$partMiB MiB parts in $memoryMiB MiB are refused', (limits) => {
  expect(() => createPartBufferPool(limits)).toThrow(/at least 5/);
});
