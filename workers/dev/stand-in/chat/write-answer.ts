import type { Fault, FaultOf } from '../faults/fault-schema.ts';
import type { ChatFormat } from './chat-request.ts';
import type { ChatBeat, ChatStoryboard } from './write-storyboard.ts';

/** An answer: its content or refusal, and its ending. */
export interface ChatMessage {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly ending: 'stop' | 'length' | 'content_filter';
}

/** Writes the model's answer, with its faults: first those of the plan, then those of its text. */
export function writeAnswer(
  storyboard: ChatStoryboard,
  format: ChatFormat,
  faults: readonly Fault[],
): ChatMessage {
  const has = (type: Fault['type']): boolean => faults.some((fault) => fault.type === type);
  if (has('refusal')) {
    return { content: null, refusal: "I'm sorry, I can't help with that.", ending: 'stop' };
  }
  if (has('filterAnswer')) return { content: null, refusal: null, ending: 'content_filter' };
  const text = JSON.stringify(faults.reduce(spoilPlan, storyboard), null, 2);
  if (has('cutAnswer')) return { content: half(text), refusal: null, ending: 'length' };
  if (has('brokenJson')) return { content: `${half(text)} and so on`, refusal: null, ending: 'stop' };
  // Without an enforced format the model chats.
  const content = format === 'text' || has('proseAround') ? withProse(text) : text;
  return { content, refusal: null, ending: 'stop' };
}

function spoilPlan(storyboard: ChatStoryboard, fault: Fault): ChatStoryboard {
  const { beats } = storyboard;
  if (fault.type === 'manyBeats' || fault.type === 'fewBeats') {
    return { ...storyboard, beats: changeCount(beats, fault) };
  }
  if (fault.type === 'oddLengths') {
    return {
      ...storyboard,
      beats: beats.map((beat, at) => ({ ...beat, durationSeconds: odd[at % odd.length] })),
    };
  }
  if (fault.type !== 'emptyPrompts') return storyboard;
  return { ...storyboard, beats: beats.map((beat) => ({ ...beat, still: ' ' })) };
}

const odd: readonly unknown[] = [7, '12.5 s', 0, -3, null, 'ten', 1000];

function changeCount(
  beats: readonly ChatBeat[],
  { count }: FaultOf<'manyBeats'> | FaultOf<'fewBeats'>,
): ChatBeat[] {
  return Array.from({ length: count }, (_, at) => {
    const beat = beats[at % beats.length];
    return {
      purpose: 'moment',
      title: `Moment ${at + 1} of ${count}`,
      cast: beat?.cast ?? [],
      still: `${beat?.still ?? 'Something'}, number ${at + 1}`,
      motion: beat?.motion ?? 'Nothing moves.',
      line: '',
      durationSeconds: beat?.durationSeconds ?? 5,
    };
  });
}

function half(text: string): string {
  return text.slice(0, text.length / 2);
}

function withProse(text: string): string {
  return `Here is a storyboard {draft}:\n\n\`\`\`json\n${text}\n\`\`\`\n\nTell me what to change.`;
}
