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

test('the next run holds what this one holds, and no model that a person has let on', () => {
  let decisions = 0;
  const shortfalls = new Shortfalls(() => decisions);
  shortfalls.note('wan', 'it lasts 5 s');
  expect(shortfalls.carry()).toEqual({ wan: 'it lasts 5 s' });
  expect(new Shortfalls(() => 0, shortfalls.carry()).whyHeld('wan')).toMatch(/it lasts 5 s$/);

  shortfalls.note('veo', 'it lasts 7 s');
  decisions += 1;
  shortfalls.note('kling', 'it lasts 4 s');
  expect(shortfalls.carry()).toEqual({ kling: 'it lasts 4 s' });

  shortfalls.lift();
  expect(shortfalls.carry()).toEqual({});
});
