import fc from 'fast-check';

import { planParts, sizeOf } from '../../storage/transfer/part-plan.ts';

const MiB = 1024 * 1024;

test('parts add up to the file, without a gap and without an overlap, and none is larger than it must be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 43 }),
      fc.integer({ min: 5, max: 64 }),
      (totalBytes, partMiB) => {
        const parts = planParts(totalBytes, partMiB * MiB);
        const largest = Math.max(partMiB * MiB, Math.ceil(totalBytes / 9_000));

        expect(parts.length).toBeLessThanOrEqual(9_000);
        let next = 0;
        for (const [index, part] of parts.entries()) {
          if (part.partNumber !== index + 1 || part.start !== next)
            throw new Error(`part ${index + 1} is off`);
          if (index < parts.length - 1 && sizeOf(part) !== largest)
            throw new Error('a short part in the middle');
          next = part.end + 1;
        }
        expect(next).toBe(totalBytes);
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  [1, 1, 1],
  [8 * MiB, 1, 8 * MiB],
  [8 * MiB + 1, 2, 8 * MiB],
  [9_000 * 8 * MiB, 9_000, 8 * MiB],
  [5 * 2 ** 40, 9_000, Math.ceil((5 * 2 ** 40) / 9_000)],
])('a file of %i bytes has %i parts of %i bytes', (totalBytes, count, bytes) => {
  const parts = planParts(totalBytes, 8 * MiB);
  expect(parts).toHaveLength(count);
  expect(sizeOf(parts[0]!)).toBe(bytes);
});
