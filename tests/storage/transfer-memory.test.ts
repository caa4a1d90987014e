import { createTransferMemory } from '../../storage/transfer-memory.ts';

const never = new AbortController().signal;

test('who asks beyond the budget waits, in the order of asking', async () => {
  const memory = createTransferMemory({ memoryMiB: 10, partMiB: 5 });
  const held = [await memory.reserve(1, never), await memory.reserve(1, never)];
  const order: string[] = [];
  const wide = memory.reserve(2, never).then((room) => {
    order.push('wide');
    return room;
  });
  const narrow = memory.reserve(1, never).then(() => order.push('narrow'));
  held[0]!.release();
  await Promise.resolve();
  expect(order).toEqual([]);
  held[1]!.release();
  (await wide).shrinkTo(1);
  await narrow;
  expect(order).toEqual(['wide', 'narrow']);
});

test('releasing twice frees one place', async () => {
  const memory = createTransferMemory({ memoryMiB: 5, partMiB: 5 });
  const room = await memory.reserve(1, never);
  room.release();
  room.release();
  await memory.reserve(1, never);
  const cancel = new AbortController();
  const third = memory.reserve(1, cancel.signal);
  cancel.abort(new Error('waited in vain'));
  await expect(third).rejects.toThrow('waited in vain');
});

test('who gives up waiting lets the next one through', async () => {
  const memory = createTransferMemory({ memoryMiB: 10, partMiB: 5 });
  const held = await memory.reserve(1, never);
  const cancel = new AbortController();
  const wide = memory.reserve(2, cancel.signal);
  const narrow = memory.reserve(1, never);
  cancel.abort(new Error('given up'));
  await expect(wide).rejects.toThrow('given up');
  await expect(narrow).resolves.toBeDefined();
  held.release();
});

test('who asks for more than there is gets all of it', async () => {
  const memory = createTransferMemory({ memoryMiB: 12, partMiB: 5 });
  await memory.reserve(99, never);
  const cancel = new AbortController();
  const next = memory.reserve(1, cancel.signal);
  cancel.abort(new Error('nothing is left'));
  await expect(next).rejects.toThrow('nothing is left');
});

test.each([
  { memoryMiB: 64, partMiB: 4 },
  { memoryMiB: 4, partMiB: 5 },
])('$partMiB MiB parts in $memoryMiB MiB are refused', (limits) => {
  expect(() => createTransferMemory(limits)).toThrow(/at least 5/);
});
