import type { Brief } from '../../workflows/domain/brief.ts';

import { cutAtWord } from './words/cut-at-word.ts';
import type { ArcTemplate } from './story-arcs.ts';
import { arcOf } from './story-arcs.ts';
import type { Look } from './choose-look.ts';

/** The shortest limit of a music model that Beatreel knows, in characters (MiniMax music-1.5, read 2026-11-22). */
const musicPromptLimit = 300;

const styles: Readonly<Record<ArcTemplate, string>> = {
  product_showcase: 'modern minimal electronic with soft piano and warm bass, 100 BPM',
  lifestyle_ad: 'bright acoustic guitar with light percussion and hand claps, 110 BPM',
  announcement: 'driving cinematic electronic with big drums and rising synths, 124 BPM',
};

const courses: Readonly<Record<ArcTemplate, string>> = {
  product_showcase: 'starts sparse, opens up at the reveal, resolves calmly',
  lifestyle_ad: 'easy groove from the start, lifts in the middle, ends on a smile',
  announcement: 'builds tension, drops at the announcement, ends on one strong hit',
};

/**
 * Describes the score: the brief's own style first, else the template's, then mood, course and length. At most 300
 * characters; what does not fit is left out.
 */
export function writeMusicPrompt(brief: Brief, look: Look): string {
  const asked = brief.music.style?.replace(/\s+/g, ' ').trim();
  const style = cutAtWord(asked ?? styles[arcOf(brief)], musicPromptLimit);
  const isSung = /\b(?:vocals?|voices?|sing(?:s|ing|er)?|sung|lyrics|choir|rap)\b/i.test(style);
  const parts = [
    `${brief.durationSeconds} seconds long`,
    `${look.mood} mood`,
    ...(isSung ? [] : ['instrumental, no vocals']),
    courses[arcOf(brief)],
    'clear ending',
  ];
  return parts.reduce(
    (text, part) => (text.length + 2 + part.length <= musicPromptLimit ? `${text}, ${part}` : text),
    style,
  );
}
