import type { PlannedBeat } from '../../../workflows/domain/beat-count.ts';
import type { Brief } from '../../../workflows/domain/brief.ts';
import type { StoryboardDraft } from '../build-storyboard.ts';
import { cutAtWord } from '../words/cut-at-word.ts';
import type { WrittenPlan } from './plan-shape.ts';

/** The shortest limits of the models that Beatreel knows, in characters (MiniMax, read 2026-11-22). */
const stillLimit = 1500;
const motionLimit = 2000;
const musicLimit = 300;

const titleLimit = 60;

const productSentence = 'The product exactly as in the reference picture: same shape, colours and markings.';

/** Puts what a model wrote into our own form; of the built-in planner's draft it takes what the model left out. */
export function toDraft(plan: WrittenPlan, brief: Brief, builtIn: StoryboardDraft): StoryboardDraft {
  const { musicPrompt } = plan;
  return {
    template: builtIn.template,
    cast: [],
    warnings: [],
    beats: plan.beats.map((beat) => toBeat(beat, brief)),
    musicPrompt: musicPrompt === '' ? builtIn.musicPrompt : cutAtWord(musicPrompt, musicLimit),
    plannedBy: brief.models.planner,
  };
}

function toBeat(written: WrittenPlan['beats'][number], { productImage }: Brief): PlannedBeat {
  const { title, prompt, motionPrompt, durationSeconds } = written;
  const action = cutAtWord(prompt, titleLimit);
  const words = cutAtWord(prompt, productImage ? stillLimit - productSentence.length - 2 : stillLimit);
  return {
    purpose: 'planned',
    cast: [],
    title: title === '' ? action : cutAtWord(title, titleLimit),
    durationSeconds,
    shot: 'as written',
    action,
    cameraMovement: 'as written',
    stillPrompt: productImage ? `${words.replace(/[.\s]+$/, '')}. ${productSentence}` : words,
    motionPrompt: cutAtWord(motionPrompt, motionLimit),
  };
}
