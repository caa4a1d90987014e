import { Shortfalls } from '../../workflows/shortfalls.ts';

test('nothing more of a model is ordered from its first shortfall until a person decides', () => {
  let decisions = 0;
  const shortfalls = new Shortfalls(() => decisions);
  expect(shortfalls.whyHeld('wan')).toBeUndefined();

  shortfalls.note('wan', 'it lasts 5 s');

  expect(shortfalls.whyHeld('wan')).toBe(
    'Not ordered, because other footage of wan came too short: it lasts 5 s',
  );
  expect(shortfalls.whyHeld('veo')).toBeUndefined();
  decisions += 1;
  expect(shortfalls.whyHeld('wan')).toBeUndefined();
});
