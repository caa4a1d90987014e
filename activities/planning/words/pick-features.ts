import { cutAtWord } from './cut-at-word.ts';
import { determiners, moodWords, styleWords } from './word-lists.ts';

const maxFeatures = 8;
const maxFeatureLength = 60;

/** Instructions about the video itself, not about what is seen in it. */
const aboutTheVideo =
  /\b(?:videos?|ads?|advert|commercial|seconds?|aspect|ratio|format|style|mood|tone|music|soundtrack|voice[- ]?over|template|please|should|must|end with|cut to|hashtags?)\b|https?:|\d+:\d+/i;

/** Keeps what can be shown: no instruction, no bare mood, nothing twice; at most 8, of at most 60 characters each. */
export function pickFeatures(clauses: readonly string[], subject: string): string[] {
  const features = new Map<string, string>();
  for (const clause of clauses) {
    const feature = trimFeature(clause);
    const key = feature.toLowerCase();
    const isNew = key !== subject.toLowerCase() && !features.has(key) && /\p{L}/u.test(feature);
    if (isNew && feature.length > 1 && !isMood(key) && !aboutTheVideo.test(feature))
      features.set(key, feature);
  }
  return [...features.values()].slice(0, maxFeatures);
}

function trimFeature(clause: string): string {
  const bare = clause
    .trim()
    .replace(new RegExp(`^(?:(?:${determiners}|and|or|it|then)(?:\\s+|$))+`, 'i'), '');
  return cutAtWord(bare, maxFeatureLength).replace(/\s+(?:and|of|or|an?|the|with|in|on|for|to)$/i, '');
}

function isMood(words: string): boolean {
  return words.split(' ').every((word) => moodWords.includes(word)) || styleWords.includes(words);
}
