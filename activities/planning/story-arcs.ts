import type { Template } from '../../workflows/domain/brief.ts';

/** A stretch of the story that draws its beats from one pool. */
export interface Act {
  /** Its share of the beats between the first and the last, against the other acts' weights. */
  readonly weight: number;
  /** Kinds of the library; the first of a `lead` act always comes first in it. */
  readonly kinds: readonly [string, ...string[]];
  /** The act that a short video keeps; the heaviest of its arc. */
  readonly lead?: boolean;
}

/** The order in which a template tells its story. */
export interface StoryArc {
  readonly opening: string;
  readonly acts: readonly Act[];
  /** One beat ends a short video, both end a long one. */
  readonly endings: readonly [string, string];
}

const endings = ['call_to_action', 'closing_logo'] as const;

/** Templates with an arc of their own. */
export type ArcTemplate = Extract<Template, 'product_showcase' | 'lifestyle_ad' | 'announcement'>;

/** The arc of a brief; of one whose template has none, that of a product. */
export function arcOf({ template }: { readonly template?: Template }): ArcTemplate {
  return template !== undefined && template in storyArcs ? (template as ArcTemplate) : 'product_showcase';
}

/** One arc per template. */
export const storyArcs: Readonly<Record<ArcTemplate, StoryArc>> = {
  product_showcase: {
    opening: 'opening',
    acts: [
      { weight: 1, kinds: ['establishing', 'problem', 'teaser'] },
      {
        weight: 4,
        lead: true,
        kinds: ['product_reveal', 'product_detail', 'texture', 'feature', 'comparison'],
      },
      { weight: 3, kinds: ['product_in_use', 'benefit', 'transformation', 'lifestyle'] },
      { weight: 2, kinds: ['people', 'social_proof', 'testimonial', 'behind_the_scenes'] },
    ],
    endings,
  },
  lifestyle_ad: {
    opening: 'opening',
    acts: [
      { weight: 1, kinds: ['establishing', 'environment', 'problem'] },
      { weight: 4, lead: true, kinds: ['lifestyle', 'people', 'portrait', 'environment', 'product_in_use'] },
      { weight: 3, kinds: ['product_detail', 'benefit', 'texture', 'feature'] },
      { weight: 2, kinds: ['celebration', 'social_proof', 'testimonial', 'transformation'] },
    ],
    endings,
  },
  announcement: {
    opening: 'opening',
    acts: [
      { weight: 1, kinds: ['teaser', 'countdown', 'establishing'] },
      {
        weight: 4,
        lead: true,
        kinds: ['announcement_hook', 'product_reveal', 'feature', 'event', 'product_detail'],
      },
      { weight: 3, kinds: ['benefit', 'behind_the_scenes', 'people', 'transformation'] },
      { weight: 2, kinds: ['celebration', 'social_proof', 'portrait', 'countdown'] },
    ],
    endings,
  },
};
