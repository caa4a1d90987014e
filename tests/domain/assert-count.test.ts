import { assertCount, CountMismatch } from '../../domain/assert-count.ts';

test('counts that agree pass', () => {
  expect(() => {
    assertCount({ what: 'stills', count: 3, per: 'beats', expected: 3 });
  }).not.toThrow();
});

test.each([2, 4])('%p stills for 3 beats are an error that names both counts', (count) => {
  const check = (): void => {
    assertCount({ what: 'stills', count, per: 'beats', expected: 3 });
  };

  expect(check).toThrow(CountMismatch);
  expect(check).toThrow(new RegExp(`${count} stills for 3 beats`));
});
