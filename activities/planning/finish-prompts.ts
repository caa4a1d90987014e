import type { Look } from './choose-look.ts';

/** The shortest limit of an image model that Beatreel knows, in characters (MiniMax image-01, read 2026-11-22). */
const stillPromptLimit = 1500;
/** The shortest limit of a video model that Beatreel knows, in characters (MiniMax Hailuo 02, read 2026-11-22). */
const motionPromptLimit = 2000;

export interface StillFinish {
  readonly look: Look;
  /** Whether the image model is shown a picture of the product. */
  readonly hasProductImage: boolean;
}

/**
 * Adds to what a picture shows what all pictures of the video have in common. Whatever would carry the prompt over
 * 1,500 characters is left out; the sentence itself never is.
 */
export function finishStillPrompt(sentence: string, { look, hasProductImage }: StillFinish): string {
  const product = 'The product exactly as in the reference picture: same shape, colours and markings.';
  const common = [`${upperFirst(look.words)}.`, `${look.framing}.`];
  return joinWithin(stillPromptLimit, [
    endSentence(sentence),
    ...(hasProductImage ? [product] : []),
    ...common,
  ]);
}

/** The same for movement, up to 2,000 characters: the first frame stays what it is. */
export function finishMotionPrompt(sentence: string, look: Look): string {
  const continuity =
    'One continuous shot without a cut; shapes, colours and light stay as in the first frame.';
  return joinWithin(motionPromptLimit, [endSentence(sentence), `${upperFirst(look.mood)} mood.`, continuity]);
}

function joinWithin(limit: number, [first = '', ...others]: readonly string[]): string {
  return others.reduce(
    (text, part) => (text.length + 1 + part.length <= limit ? `${text} ${part}` : text),
    first,
  );
}

function endSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…。！？]["”’»]?$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
