import type { Brief, Template } from '../../domain/brief.ts';
import type { TemplateChoice } from '../../domain/storyboard.ts';

import type { BriefReading } from './read-brief.ts';

/** In the order in which they are looked for. */
const cued = ['announcement', 'how_to', 'story', 'explainer', 'lifestyle_ad', 'product_showcase'] as const;

/** A list of at least this many entries counts as steps when the brief gives no other sign. */
const leastSteps = 3;

/** Takes the template that the person chose, else one that the brief's own words call for, else `plain`. */
export function chooseTemplate(brief: Brief, { language, units }: BriefReading): TemplateChoice {
  if (brief.template !== undefined) return { name: brief.template, reason: 'The brief asks for it.' };
  for (const name of cued) {
    const found = language.cues[name]?.exec(brief.prompt)?.[0].trim();
    if (found !== undefined) return { name, reason: `The prompt says “${found}”.` };
  }
  const numbered = /(?:^|\s)1[.)]\s/.test(brief.prompt) && units.filter(({ isListed }) => isListed).length;
  if (numbered !== false && numbered >= leastSteps)
    return { name: 'how_to', reason: `The prompt numbers ${numbered} steps.` };
  return { name: 'plain', reason: 'The prompt calls for no other template.' };
}

/** The purposes of the first, the middle and the last beats of a video, by template. */
export const purposes: Readonly<Record<Template, readonly [first: string, middle: string, last: string]>> = {
  plain: ['opening', 'moment', 'closing'],
  story: ['beginning', 'turn', 'end'],
  how_to: ['step', 'step', 'result'],
  explainer: ['question', 'point', 'answer'],
  product_showcase: ['product', 'detail', 'closing'],
  lifestyle_ad: ['opening', 'moment', 'closing'],
  announcement: ['news', 'detail', 'closing'],
};
