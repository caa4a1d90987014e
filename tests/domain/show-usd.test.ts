import { countOf } from '../../domain/count-of.ts';
import { showUsd } from '../../domain/show-usd.ts';

test.each([
  [0, '$0.00'],
  [3.2, '$3.20'],
  [0.003, '$0.003'],
  [0.1 + 0.2, '$0.30'],
  [1.5684, '$1.568'],
])('%s US dollars are shown as %s', (usd, shown) => {
  expect(showUsd(usd)).toBe(shown);
});

test.each([
  [0, '0 beats'],
  [1, '1 beat'],
  [2, '2 beats'],
])('%s of a thing are told as %s', (count, told) => {
  expect(countOf(count, 'beat')).toBe(told);
});
