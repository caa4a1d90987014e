import fc from 'fast-check';

import { softenPrompt } from '../../domain/soften-prompt.ts';

test.each([
  ['A bloody knife on a kitchen table.', 'A on a kitchen table. Tasteful, calm, suitable for all audiences.'],
  ['A naked lamp, guns, smoke', 'A lamp, smoke Tasteful, calm, suitable for all audiences.'],
  ['Blood', 'Tasteful, calm, suitable for all audiences.'],
  ['A skilled baker', 'A skilled baker Tasteful, calm, suitable for all audiences.'],
])('what offends is left out, and restraint asked for: %s', (prompt, softened) => {
  expect(softenPrompt(prompt)).toBe(softened);
});

test('the same prompt is softened to the same words, and never to nothing', () => {
  fc.assert(
    fc.property(fc.string(), (prompt) => {
      expect(softenPrompt(prompt)).toBe(softenPrompt(prompt));
      expect(softenPrompt(prompt)).not.toBe('');
    }),
  );
});
