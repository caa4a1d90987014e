import { predictionKey } from '../../activities/ledger/prediction-key.ts';
import { planVideo } from '../../activities/planning/plan-video.ts';
import { promptLimits } from '../../activities/planning/prompt-limits.ts';
import type { Brief } from '../../domain/brief.ts';
import { planTimeline } from '../../domain/chunks.ts';
import type { Reference } from '../../domain/references.ts';
import { Semaphore } from '../../domain/semaphore.ts';
import type { PlanSource } from '../../workflows/phases/plan-source.ts';
import { planStill } from '../../workflows/phases/plan-still.ts';
import { createBrief } from './support/create-brief.ts';
import { interview, planOf } from './support/interview.ts';

function reference(name: string, more: Partial<Reference> = {}): Reference {
  const image = {
    key: `videos/a/reference-${name}`,
    sizeBytes: 9,
    sha256: name.padEnd(64, '0'),
    contentType: 'image/png',
  };
  return { name, kind: 'product', image, ...more };
}

const bottle = reference('bottle', { note: 'green glass' });
const anna = reference('Anna', { kind: 'person' });

/** Three beats: Anna with the bottle, the sea, the bottle alone. */
function threeBeats(references: readonly Reference[], more: Partial<Brief> = {}): Brief {
  const beats = ['Anna lifts the bottle', 'The sea', 'The bottle on a stone'].map((prompt) => ({
    prompt,
    durationSeconds: 5,
  }));
  return createBrief({
    prompt: 'Anna lifts the bottle. The sea. The bottle on a stone.',
    beats,
    references,
    ...more,
  });
}

test('each beat names its references, and its prompt says which picture is which', () => {
  const { beats, warnings } = planVideo(threeBeats([bottle, anna]));

  expect(beats.map(({ references }) => references)).toEqual([['bottle', 'Anna'], [], ['bottle']]);
  expect(beats.map(({ stillPrompt }) => stillPrompt)).toEqual([
    'Anna lifts the bottle. Picture 1 (product): bottle, green glass. Picture 2 (person): Anna.',
    'The sea',
    'The bottle on a stone. Picture 1 (product): bottle, green glass. Exactly as in the reference picture: ' +
      'same shape, colours and markings.',
  ]);
  expect(warnings).toEqual([]);
});

test('pictures are told in the language of the brief', () => {
  const { beats } = planVideo(
    threeBeats([bottle], { prompt: 'Die Frau und die Flasche sind am Meer und es ist Abend' }),
  );

  expect(beats[0]?.stillPrompt).toContain('Bild 1 (Produkt): bottle, green glass.');
});

test('the built-in planner shows a reference where its words name it', () => {
  const prompt = 'A fox crosses the frozen lake. An owl watches from a fir. The fox is home at dusk.';
  const { beats } = planVideo(
    createBrief({ prompt, references: [reference('owl', { kind: 'person' })], durationSeconds: 15 }),
  );

  const shown = beats.map(({ references }) => references);
  expect(shown.flat()).toEqual(['owl']);
  expect(beats.find(({ references }) => references?.includes('owl'))?.stillPrompt).toMatch(/owl watches/i);
});

test('a reference that no beat names is shown in every beat, and a warning says so', () => {
  const { beats, warnings } = planVideo(threeBeats([reference('lamp')]));

  expect(beats.map(({ references }) => references)).toEqual([['lamp'], ['lamp'], ['lamp']]);
  expect(warnings).toEqual([
    'No beat names the reference “lamp”, so every still is made with it; use its name in the prompt, or say in ' +
      'beats[].references which beat shows it.',
  ]);
});

test('a prompt without room for the notes is kept whole, and goes with the pictures all the same', () => {
  const long = `The bottle ${'on a stone '.repeat(134)}`.trim();
  const { beats } = planVideo(threeBeats([bottle], { beats: [{ prompt: long, durationSeconds: 15 }] }));

  expect(long.length).toBeGreaterThan(promptLimits.still - 60);
  expect(beats[0]?.stillPrompt).toBe(long);
  expect(beats[0]?.references).toEqual(['bottle']);
});

test('a language model is told of the references, and its words decide what a beat shows', async () => {
  const brief = createBrief({ references: [bottle, anna] });
  const { draft, questions } = interview([planOf(3)], { brief: { references: [bottle, anna] } });
  const plan = await draft;

  const [system, user] = questions[0]?.messages ?? [];
  expect(system?.content).toContain('In "still" write the name of each one that the beat shows');
  expect(JSON.parse(user?.content ?? '')).toMatchObject({
    references: [
      { name: 'bottle', kind: 'product', note: 'green glass' },
      { name: 'Anna', kind: 'person' },
    ],
  });
  const told = plan.beats.map((beat, at) =>
    at === 1 ? { ...beat, stillPrompt: 'Anna holds the bottle' } : { ...beat, stillPrompt: `Stone ${at}` },
  );
  const { beats } = planVideo(brief, { ...plan, beats: told });
  expect(beats.map(({ references }) => references)).toEqual([[], ['bottle', 'Anna'], []]);
});

test('another picture, note or order of a reference makes exactly the stills of its beats other purchases', () => {
  const before = keysOf([bottle, anna]);
  const changedBy = (references: readonly Reference[]) =>
    keysOf(references).flatMap((key, beat) => (key === before[beat] ? [] : [beat]));
  const otherImage = (of: Reference) => ({ ...of, image: { ...of.image, sha256: 'f'.repeat(64) } });

  expect(changedBy([bottle, anna])).toEqual([]);
  expect(changedBy([otherImage(bottle), anna])).toEqual([0, 2]);
  expect(changedBy([bottle, otherImage(anna)])).toEqual([0]);
  expect(changedBy([{ ...bottle, note: 'blue glass' }, anna])).toEqual([0, 2]);
  expect(changedBy([anna, bottle])).toEqual([0]);
  expect(changedBy([bottle, anna, reference('sea', { kind: 'place' })])).toEqual([1]);
});

/** The wanted key of each beat's still. */
function keysOf(references: readonly Reference[]): string[] {
  const brief = threeBeats(references);
  const storyboard = planVideo(brief);
  const slots = new Semaphore(1);
  const source: PlanSource = {
    brief,
    storyboard,
    timeline: planTimeline(storyboard.beats, brief.models.clip),
    stillSlots: slots,
    chunkSlots: slots,
    unreservedFootageUsd: 0,
  };
  return storyboard.beats.map((beat) => {
    const { place, models, describe } = planStill(source, beat);
    const [model] = models;
    const request = describe({ model, seed: 7 });
    return predictionKey({ videoId: 'a', unit: { ...place, take: 0 }, model: model.name, request });
  });
}
