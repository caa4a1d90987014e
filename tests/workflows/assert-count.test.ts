import { assertCount } from '../../workflows/domain/assert-count.ts';

test('a picture too few is an error that names both counts', () => {
  expect(() => {
    assertCount({ things: 'stills', count: 2, wholes: 'beats', expected: 3 });
  }).toThrow('There are 2 stills for 3 beats.');
});

test('a chunk too many is an error that names both counts', () => {
  expect(() => {
    assertCount({ things: 'chunks', count: 8, wholes: 'planned chunks', expected: 7 });
  }).toThrow('There are 8 chunks for 7 planned chunks.');
});
