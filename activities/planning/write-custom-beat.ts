import type { PlannedBeat } from '../../workflows/domain/beat-count.ts';
import type { BeatRequest } from '../../workflows/domain/brief.ts';

import type { Look } from './choose-look.ts';
import { cutAtWord } from './words/cut-at-word.ts';
import { finishMotionPrompt, finishStillPrompt } from './finish-prompts.ts';
import { splitClauses } from './words/split-text.ts';

export interface CustomTelling {
  readonly look: Look;
  /** 0-based position in the story. */
  readonly index: number;
  readonly hasProductImage: boolean;
}

const shots: readonly (readonly [RegExp, string])[] = [
  [/\bmacro\b/i, 'macro close-up'],
  [/\bclose[- ]?up\b/i, 'close-up'],
  [/\b(?:aerial|drone|bird'?s[- ]eye)\b/i, 'aerial shot'],
  [/\b(?:wide|panorama|landscape|establishing)\b/i, 'wide shot'],
  [/\b(?:portrait|face)\b/i, 'portrait close-up'],
  [/\b(?:overhead|top[- ]down|flat lay)\b/i, 'overhead shot'],
];

/** Words by which a person already says how the camera moves. */
const namedCamera =
  /\b(?:camera|pan(?:s|ning)?|zoom(?:s|ing)?|dolly|tilt(?:s|ing)?|orbit(?:s|ing)?|tracking shot|handheld|push[- ]in|pull[- ]back|crane)\b/i;
const cameraMovements = ['slow push-in', 'slow pan right', 'gentle arc', 'slow pull-back'] as const;

/** Turns a beat that a person wrote into a planned one: their words whole, the video's look added. */
export function writeCustomBeat(
  request: BeatRequest,
  { look, index, hasProductImage }: CustomTelling,
): PlannedBeat {
  const { prompt, durationSeconds, motionPrompt } = request;
  const summary = cutAtWord(splitClauses(prompt)[0] ?? prompt.replace(/\s+/g, ' '), 60);
  const asWritten = namedCamera.test(motionPrompt ?? prompt);
  const cameraMovement = asWritten
    ? 'as written'
    : (cameraMovements[index % cameraMovements.length] ?? 'static');
  const motion = asWritten ? prompt.trim() : `${summary}, natural movement. Camera: ${cameraMovement}`;
  return {
    purpose: 'custom',
    cast: [],
    title: request.title?.trim() ?? summary,
    durationSeconds,
    shot: shots.find(([pattern]) => pattern.test(prompt))?.[1] ?? 'medium shot',
    action: summary,
    cameraMovement,
    stillPrompt: finishStillPrompt(prompt.trim(), { look, hasProductImage }),
    motionPrompt: motionPrompt?.trim() ?? finishMotionPrompt(motion, look),
  };
}
