import fc from 'fast-check';

import { validateAndFixBeatCount } from '../../domain/beat-count.ts';
import { countFrames, planChunks, planTimeline } from '../../domain/chunks.ts';
import { clipLengths, durations } from './support/durations.ts';
import { planBeats } from './support/plan-beats.ts';

test.each([
  { beat: 5, clip: 6, chunks: [5] },
  { beat: 10, clip: 6, chunks: [5, 5] },
  { beat: 15, clip: 6, chunks: [5, 5, 5] },
  { beat: 10, clip: 10, chunks: [10] },
  { beat: 15, clip: 10, chunks: [7.5, 7.5] },
  { beat: 15, clip: 8, chunks: [7.5, 7.5] },
  { beat: 5, clip: 5, chunks: [5] },
  { beat: 15, clip: 5, chunks: [5, 5, 5] },
  { beat: 2.5, clip: 6, chunks: [2.5] },
  { beat: 0.1, clip: 6, chunks: [0.1] },
])('a beat of $beat s takes chunks of $chunks s from a model of $clip s', ({ beat, clip, chunks }) => {
  expect(planChunks(beat, { clipSeconds: clip })).toEqual(chunks);
});

test('rounding noise in a length buys no chunk', () => {
  expect(planChunks(5.000000000000001, { clipSeconds: 5 })).toHaveLength(1);
});

const kept = fc.integer({ min: 1, max: 150 }).map((tenths) => tenths / 10);

test('chunks add up to the beat, none is longer than the model delivers, and one fewer would not do', () => {
  fc.assert(
    fc.property(kept, clipLengths, (beatSeconds, clipSeconds) => {
      const chunks = planChunks(beatSeconds, { clipSeconds });
      expect(chunks.reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(beatSeconds, 6);
      expect(Math.max(...chunks)).toBeLessThanOrEqual(clipSeconds + 1e-6);
      expect((chunks.length - 1) * clipSeconds).toBeLessThan(beatSeconds);
    }),
  );
});

const storyboards = fc
  .record({
    seconds: durations,
    lengths: fc.array(fc.constantFrom(5, 10, 15), { minLength: 20, maxLength: 60 }),
  })
  .map(({ seconds, lengths }) => ({
    seconds,
    beats: validateAndFixBeatCount(planBeats(lengths), seconds).beats,
  }));

test('chunks follow one another frame by frame and fill the video exactly', () => {
  fc.assert(
    fc.property(storyboards, clipLengths, ({ seconds, beats }, clipSeconds) => {
      let nextFrame = 0;
      for (const chunk of planTimeline(beats, { clipSeconds })) {
        expect(chunk.startFrame).toBe(nextFrame);
        expect(chunk.frameCount).toBeGreaterThan(0);
        nextFrame += chunk.frameCount;
      }
      expect(nextFrame).toBe(countFrames(seconds));
    }),
  );
});

test('chunks are numbered within their beat and know how many follow', () => {
  fc.assert(
    fc.property(storyboards, clipLengths, ({ beats }, clipSeconds) => {
      const timeline = planTimeline(beats, { clipSeconds });
      for (const beat of beats) {
        const own = timeline.filter((chunk) => chunk.beat === beat.id);
        expect(own.map(({ chunk }) => chunk)).toEqual(own.map((_, at) => at));
        expect(own.map(({ followers }) => followers)).toEqual(own.map((_, at) => own.length - 1 - at));
      }
      const places = timeline.map((chunk) => beats.findIndex(({ id }) => id === chunk.beat));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
  );
});

test('a beat that is trimmed to what one clip fills takes one chunk', () => {
  const { beats } = validateAndFixBeatCount(planBeats([10, 10]), 15.5);

  expect(planTimeline(beats, { clipSeconds: 6 }).map(({ beat, seconds }) => ({ beat, seconds }))).toEqual([
    { beat: 'b1', seconds: 5 },
    { beat: 'b1', seconds: 5 },
    { beat: 'b2', seconds: 5.5 },
  ]);
});

test.each([
  [5, 120],
  [7, 168],
  [12.5, 300],
  [5.1, 122],
  [300, 7200],
])('a video of %p s has %p frames', (seconds, frames) => {
  expect(countFrames(seconds)).toBe(frames);
});
