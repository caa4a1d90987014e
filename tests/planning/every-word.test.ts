import fc from 'fast-check';

import { draftStoryboard } from '../../activities/planning/build-storyboard.ts';
import { findLostWords } from '../../activities/planning/find-lost-words.ts';
import { wordsOf } from '../../activities/planning/words/count-words.ts';
import { createBrief } from './support/create-brief.ts';
import { prose } from './support/prose.ts';
import type { SentenceParts } from './support/sentences.ts';
import { sentenceParts } from './support/sentences.ts';

const numRuns = 100;
const seconds = fc.integer({ min: 5, max: 60 });

function plan(prompt: string, durationSeconds: number) {
  const { beats, cast, musicPrompt, warnings } = draftStoryboard(createBrief({ prompt, durationSeconds }));
  const pictures = beats.flatMap(({ stillPrompt, motionPrompt }) => [stillPrompt, motionPrompt]);
  return { pictures, all: [...pictures, musicPrompt, ...warnings], cast, warnings };
}

/** A request, then sentences of all kinds in any order; the first has content. */
function briefsOf({ requests, told, styles, music, forbidden }: SentenceParts) {
  const some = (choices: readonly string[]) => fc.subarray([...choices], { maxLength: 2 });
  const tellings = fc.shuffledSubarray([...told], { minLength: 1, maxLength: 4 });
  return fc
    .record({
      request: fc.constantFrom(...requests),
      told: tellings,
      others: fc.tuple(some(styles), some(music), some(forbidden)).map((lists) => lists.flat()),
      at: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      gap: fc.constantFrom(' ', '\n'),
    })
    .map(({ request, told: [first = '', ...rest], others, at, gap }) => {
      const sentences = [...rest];
      others.forEach((other, index) => sentences.splice((at[index] ?? 0) % (sentences.length + 1), 0, other));
      const write = (parts: readonly string[]) => parts.join(gap);
      return {
        prompt: write([request + first, ...sentences]).replaceAll('|', ''),
        content: write([first, ...sentences].map((sentence) => sentence.replace(/^.*\|/, ''))),
        others,
      };
    });
}

test.each(Object.entries(sentenceParts))(
  'every word of a brief in %s is shown, heard or named in a warning',
  (_, parts) => {
    fc.assert(
      fc.property(briefsOf(parts), seconds, ({ prompt, content }, durationSeconds) => {
        expect(findLostWords(content, plan(prompt, durationSeconds).all)).toEqual([]);
      }),
      { numRuns },
    );
  },
);

test.each(Object.entries(sentenceParts))('things forbidden by a brief in %s are never filmed', (_, parts) => {
  fc.assert(
    fc.property(briefsOf(parts), seconds, ({ prompt, others }, durationSeconds) => {
      const { pictures, warnings } = plan(prompt, durationSeconds);
      const forbidden = others.filter((words) => parts.forbidden.includes(words)).map(bare);
      expect(forbidden.filter((words) => pictures.some((text) => text.includes(words)))).toEqual([]);
      expect(forbidden.filter((words) => findLostWords(words, warnings).length > 0)).toEqual([]);
    }),
    { numRuns },
  );
});

test('every word of any text at all is in some prompt or in a warning', () => {
  fc.assert(
    fc.property(prose, seconds, (prompt, durationSeconds) => {
      const story = plan(prompt, durationSeconds).all.join('\n').toLowerCase();
      expect(wordsOf(prompt).filter((one) => !story.includes(one.toLowerCase()))).toEqual([]);
    }),
    { numRuns: numRuns * 2 },
  );
});

function bare(sentence: string): string {
  return sentence.replace(/[.!。।]$/u, '');
}
