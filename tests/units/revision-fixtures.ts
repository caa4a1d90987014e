import type { Brief } from '../../domain/brief.ts';
import type { EditResources } from '../../domain/edits/apply-edits.ts';
import type { RecordedTake } from '../../domain/recorded-take.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import type { WantedFrom } from '../../domain/wanted-units.ts';

const model = (name: string) => ({ name, host: 'h', highestPriceUsd: 1 });
const clip = (name: string, clipSeconds: number) => ({ ...model(name), clipSeconds });
const catalogue = {
  still: { flux: model('flux'), kontext: model('kontext') },
  clip: { hailuo: clip('hailuo', 6), veo: clip('veo', 8) },
  score: { audio: model('audio'), lyria: model('lyria') },
};

/** The resources of edits, with a small catalogue. */
export function resourcesOf(takes: readonly RecordedTake[], revisions: readonly WantedFrom[]): EditResources {
  return {
    chooseModels: (kind, [name = '']) =>
      (catalogue[kind] as Readonly<Record<string, ReturnType<typeof model>>>)[name] ??
      'no model of this kind',
    writeBeat: ({ prompt, motionPrompt = prompt, durationSeconds }) => ({
      ...beatOf(0),
      durationSeconds,
      stillPrompt: prompt,
      motionPrompt,
    }),
    pictures: new Map(),
    takes,
    revisions: new Map(revisions.map((revision, index) => [index + 1, revision])),
  };
}

function beatOf(index: number) {
  return {
    index,
    purpose: 'moment',
    title: `Moment ${index}`,
    durationSeconds: 5,
    shot: 'wide',
    action: 'it turns',
    cameraMovement: 'still',
    stillPrompt: `Picture ${index}`,
    motionPrompt: `Movement ${index}`,
    cast: [],
  };
}

/** A video of this many beats of 5 s. */
export function revisionOf(beats: number): WantedFrom {
  const durationSeconds = beats * 5;
  const brief: Brief = {
    videoId: 'lamp',
    title: 'A lamp',
    prompt: 'A lamp',
    durationSeconds,
    aspectRatio: '16:9',
    models: {
      planner: 'built-in',
      still: catalogue.still.flux,
      clip: catalogue.clip.hailuo,
      score: catalogue.score.audio,
    },
    music: { enabled: true },
    limits: { concurrentStills: 5, concurrentChunks: 3 },
    onFailure: 'park',
    onRefusal: 'park',
    tenant: 'default',
    seed: 7,
  };
  const storyboard: Storyboard = {
    template: { name: 'plain', reason: '' },
    cast: [],
    beats: Array.from({ length: beats }, (_, index) => ({
      ...beatOf(index),
      id: `b${index + 1}`,
      startSeconds: index * 5,
      keptSeconds: 5,
    })),
    durationSeconds,
    musicPrompt: 'A quiet piano',
    estimateUsd: 0,
    plannedBy: 'built-in',
    warnings: [],
  };
  return { brief, storyboard };
}
