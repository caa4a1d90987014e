import type { PlannedBeat } from '../../workflows/domain/beat-count.ts';

import type { BeatKind } from './kinds/beat-kind.ts';
import type { Look } from './choose-look.ts';
import { finishMotionPrompt, finishStillPrompt } from './finish-prompts.ts';

/** Where one beat of a story stands, and the words it is told with. */
export interface BeatTelling {
  readonly kind: BeatKind;
  readonly durationSeconds: number;
  readonly subject: string;
  readonly feature: string;
  /** What the brief wants seen in this beat, whether or not the kind has a place for it. */
  readonly focus?: string | undefined;
  /** The brief itself, where its words could not be taken apart. */
  readonly context?: string | undefined;
  readonly look: Look;
  /** How often this kind has been told before in the same video, from 0. */
  readonly earlier: number;
  /** Which of the kind's pictures opens the beat; wraps around. */
  readonly still: number;
  readonly hasProductImage: boolean;
}

/** How a kind that comes back is seen differently. A video of 60 beats needs fewer than these. */
const returns = [
  { vantage: 'from a low angle', camera: 'slow rise' },
  { vantage: 'from slightly above', camera: 'slow descent' },
  { vantage: 'from the side, in profile', camera: 'lateral dolly to the right' },
  { vantage: 'framed by blurred foreground shapes', camera: 'rack focus from front to back' },
  { vantage: 'as a reflection in a surface nearby', camera: 'slow tilt up' },
  { vantage: 'against the light, as a glowing outline', camera: 'gentle arc to the left' },
  { vantage: 'from directly overhead', camera: 'slow rotation from above' },
  { vantage: 'through a doorway or opening', camera: 'slow push through the opening' },
  { vantage: 'from far away, small in the picture', camera: 'long slow zoom in' },
  { vantage: 'in a diagonal composition', camera: 'lateral dolly to the left' },
  { vantage: 'with strong symmetry', camera: 'slow pull-back' },
] as const;

/** Writes one beat in the words of the brief: its shot, what happens, and the prompts for picture and movement. */
export function writeBeat(telling: BeatTelling): PlannedBeat {
  const { kind, durationSeconds, look, earlier, hasProductImage } = telling;
  const fill = (sentence: string): string => fillIn(sentence, telling);
  const again = earlier === 0 ? undefined : returns[(earlier - 1) % returns.length];
  const shot = again ? `${kind.shot}, ${again.vantage}` : kind.shot;
  const cameraMovement = again?.camera ?? kind.cameraMovement;
  const picture = kind.stills[telling.still % kind.stills.length] ?? kind.stills[0];
  const asides = namedAsides(telling, picture);
  const stillSentence = [`${upperFirst(shot)}.`, `${upperFirst(fill(picture))}.`, ...asides].join(' ');
  const motionSentence = `${upperFirst(fill(kind.motion))}. Camera: ${cameraMovement}`;
  return {
    purpose: kind.kind,
    cast: [],
    title: kind.title,
    durationSeconds,
    shot,
    action: fill(kind.action),
    cameraMovement,
    stillPrompt: finishStillPrompt(stillSentence, { look, hasProductImage }),
    motionPrompt: finishMotionPrompt(motionSentence, look),
  };
}

function namedAsides({ focus, context }: BeatTelling, picture: string): string[] {
  const hasFocus = focus !== undefined && !picture.includes('{feature}');
  return [
    ...(hasFocus ? [`In focus: ${focus}.`] : []),
    ...(context === undefined ? [] : [`From the brief: ${context}.`]),
  ];
}

/** One pass, so that braces in a brief's own words stay what they are. */
function fillIn(sentence: string, { subject, feature, look }: BeatTelling): string {
  const words: Record<string, string> = { subject, feature, mood: look.mood, setting: look.setting };
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => words[name] ?? place);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
