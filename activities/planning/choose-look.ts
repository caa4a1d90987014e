import type { Brief } from '../../workflows/domain/brief.ts';

import type { BriefWords } from './read-brief-words.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { ArcTemplate } from './story-arcs.ts';
import { arcOf } from './story-arcs.ts';
import { lightWords } from './words/word-lists.ts';

/** What stays the same from the first beat to the last, so that the beats look like one film. */
export interface Look {
  /** Style, light, palette and lens in one phrase. */
  readonly words: string;
  /** One to three moods, e.g. `cosy, calm and warm`. */
  readonly mood: string;
  /** Where it happens, with its preposition. */
  readonly setting: string;
  /** How a picture of the brief's aspect ratio is composed. */
  readonly framing: string;
}

interface Taste {
  readonly mood: string;
  readonly settings: readonly [string, ...string[]];
  readonly lights: readonly [string, ...string[]];
  readonly palettes: readonly [string, ...string[]];
  readonly lenses: readonly [string, ...string[]];
}

const tastes: Readonly<Record<ArcTemplate, Taste>> = {
  product_showcase: {
    mood: 'refined',
    settings: [
      'in a bright, uncluttered studio',
      'on a dark stone plinth in a quiet studio',
      'on a pale wooden table by a tall window',
    ],
    lights: [
      'soft window light from the left',
      'a large soft light from above',
      'crisp light with long shadows',
    ],
    palettes: ['warm neutral palette', 'cool grey palette with one warm accent', 'deep, rich palette'],
    lenses: ['85 mm lens, shallow depth of field', '50 mm lens, clean background'],
  },
  lifestyle_ad: {
    mood: 'warm',
    settings: ['in a sunlit home', 'in a lively neighbourhood street', 'outdoors in a green park'],
    lights: ['golden-hour light', 'bright natural daylight', 'soft morning sun through leaves'],
    palettes: ['earthy, sun-washed palette', 'fresh, natural palette', 'creamy pastel palette'],
    lenses: ['35 mm lens, candid framing', '50 mm lens, gentle film grain'],
  },
  announcement: {
    mood: 'energetic',
    settings: ['on a wide, dark stage', 'in a vast bright hall', 'before a plain, glowing backdrop'],
    lights: ['bold backlight with fine haze', 'sweeping spotlights', 'bright gradient light'],
    palettes: [
      'high-contrast palette with one vivid accent',
      'deep blue and gold palette',
      'white and coral palette',
    ],
    lenses: ['24 mm lens, dynamic perspective', '35 mm lens, crisp contrast'],
  },
};

const framings: Readonly<Record<Brief['aspectRatio'], string>> = {
  '16:9': 'Wide 16:9 composition, room to the left and right of the subject',
  '9:16': 'Vertical 9:16 composition, the subject upright in the middle third, room above it',
  '1:1': 'Square 1:1 composition, the subject centred, even margins',
};

/** Chooses one look for the whole video: what the brief names comes first, the template's taste fills the rest. */
export function chooseLook(brief: Brief, words: BriefWords, random: SeededRandom): Look {
  const taste = tastes[arcOf(brief)];
  const light = random.pick(taste.lights);
  const palette = random.pick(taste.palettes);
  const lens = random.pick(taste.lenses);
  const setting = words.setting ?? random.pick(taste.settings);
  const mood = words.moods.length > 0 ? enumerate(words.moods) : taste.mood;
  const drawn = words.styles.length > 0;
  const style = drawn ? `${words.styles.join(' and ')} style` : 'photorealistic commercial photography';
  const lit = lightOf(brief.prompt) ?? light;
  const parts = [style, `${mood} mood`, lit, palette, ...(drawn ? [] : [lens])];
  return { words: parts.join(', '), mood, setting, framing: framings[brief.aspectRatio] };
}

function enumerate(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function lightOf(prompt: string): string | undefined {
  const named = lightWords.filter(([pattern]) => pattern.test(prompt)).map(([, light]) => light);
  return named.length === 0 ? undefined : named.slice(0, 2).join(' and ');
}
