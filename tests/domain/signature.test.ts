import { describeBadSignature } from '../../domain/signature.ts';

test.each([
  [{ by: undefined, reason: undefined }],
  [{ by: 'A', reason: 'x' }],
  [{ by: 'a'.repeat(100), reason: 'x'.repeat(500) }],
])('%j is a signature', (signature) => {
  expect(describeBadSignature(signature)).toBeUndefined();
});

test.each([
  [{ by: '', reason: undefined }, 'by is a text of 1–100 characters, not of 0.'],
  [{ by: ' ', reason: undefined }, 'by is a text of 1–100 characters, not of 1.'],
  [{ by: 'a'.repeat(101), reason: undefined }, 'by is a text of 1–100 characters, not of 101.'],
  [{ by: undefined, reason: 'x'.repeat(501) }, 'reason is a text of 1–500 characters, not of 501.'],
  [{ by: 7, reason: undefined }, 'by is a text of 1–100 characters, not number.'],
  [{ by: undefined, reason: null }, 'reason is a text of 1–500 characters, not object.'],
])('%j is not: %s', (signature, sentence) => {
  expect(describeBadSignature(signature)).toBe(sentence);
});
