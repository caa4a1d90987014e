import { z } from 'zod';

import { createSeededRandom } from '../../../../domain/seeded-random.ts';
import { seedOf } from '../sha256.ts';
import type { ChatRequest } from './chat-request.ts';

/** One beat as the model writes it; faults may put any value into it. */
export interface ChatBeat {
  readonly purpose: string;
  readonly title: string;
  readonly cast: readonly string[];
  readonly still: string;
  readonly motion: string;
  readonly line: string;
  readonly durationSeconds: unknown;
}

export interface ChatStoryboard {
  readonly logline: string;
  readonly cast: readonly { readonly name: string; readonly description: string }[];
  readonly beats: readonly ChatBeat[];
  readonly musicPrompt: string;
}

/** The fields of a question that the model understands. */
const briefSchema = z.object({ prompt: z.string(), durationSeconds: z.number().positive() });

const views: readonly [string, ...string[]] = [
  'seen close, the light grazing its edge',
  'in the middle of a quiet room',
  'from above, its shadow long on the floor',
  'held in two hands',
  'by a window with rain on it',
  'far away and small, everything else in haze',
  'reflected in still water',
];
const moves: readonly [string, ...string[]] = [
  'The camera pushes in slowly while dust drifts through the light.',
  'The camera circles to the left, nothing else moves.',
  'A slow tilt up follows a change of light from left to right.',
  'The camera stands still while a curtain moves in the background.',
];

/** Up to this length a video has beats of 5 s, a longer one of 10 s. */
const quickSeconds = 45;

/** The name that the model gives every subject. */
const hero = 'The subject';

/** Plans a video in English from the brief's sentences; the same brief and `turn` give the same plan. */
export function writeStoryboard({ messages }: ChatRequest, turn: number): ChatStoryboard {
  const brief = readBrief(messages);
  const random = createSeededRandom(seedOf(`${brief.prompt} ${brief.durationSeconds} ${turn}`));
  const subject = (/^[^.,;:!?\n]{1,90}/.exec(brief.prompt.trim())?.[0] ?? brief.prompt.slice(0, 90)).trim();
  const lengths = lengthsOf(brief.durationSeconds);
  const sentences = brief.prompt
    .trim()
    .split(/(?<=[.!?。！？।])\s*/u)
    .filter((sentence) => sentence !== '');
  return {
    logline: `${subject}, from the first moment to the last.`,
    cast: [{ name: hero, description: subject }],
    beats: lengths.map((durationSeconds, at) => {
      const moment = `moment ${at + 1} of ${lengths.length}${turn > 0 ? `, idea ${turn}` : ''}`;
      return {
        purpose: 'moment',
        title: `Moment ${at + 1} of ${lengths.length}`,
        cast: [hero],
        still: `${hero}, ${random.pick(views)}, ${moment}. ${shareOf(sentences, at, lengths.length)}`,
        motion: random.pick(moves),
        line: '',
        durationSeconds,
      };
    }),
    musicPrompt: `Slow piano over a warm pad, ${brief.durationSeconds} seconds, instrumental, clear ending`,
  };
}

/** The sentences of a brief for one of `count` beats, in order; too few sentences are repeated. */
function shareOf(sentences: readonly string[], at: number, count: number): string {
  const from = Math.floor((at * sentences.length) / count);
  const to = Math.max(from + 1, Math.floor(((at + 1) * sentences.length) / count));
  return sentences.slice(from, to).join(' ');
}

function readBrief(messages: ChatRequest['messages']): z.infer<typeof briefSchema> {
  const questions = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const found = questions
    .map((content) => briefSchema.safeParse(parse(content)))
    .find(({ success }) => success);
  return found?.data ?? { prompt: questions[0] ?? 'Something', durationSeconds: 15 };
}

function lengthsOf(durationSeconds: number): number[] {
  const length = durationSeconds <= quickSeconds ? 5 : 10;
  const lengths: number[] = [];
  for (let left = Math.ceil(durationSeconds / 5) * 5; left > 0; left -= length)
    lengths.push(Math.min(length, left));
  return lengths;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
