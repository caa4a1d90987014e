import type { ArtifactRef } from '../domain/artifact.ts';
import { productName } from '../domain/references.ts';
import { listPictures } from '../domain/schemas/brief-pictures.ts';
import { type Estimate, type EstimateRequest, priceStoryboard } from '../domain/estimate.ts';
import type { HostLimits } from '../domain/permits.ts';
import { assessBrief, type BriefRules } from './briefs/assess-brief.ts';
import { choosePlanner } from './briefs/choose-planner.ts';
import { completeBrief } from './briefs/complete-brief.ts';
import { planVideo } from './planning/plan-video.ts';
import { defineActivity } from './runtime/define-activity.ts';

export interface PriceDependencies extends BriefRules {
  readonly hostLimits: HostLimits;
}

/**
 * Accepts and plans a video as its start would, and returns the highest cost. Safe to run again: nothing is
 * stored, fetched or bought. No language model is asked: the built-in planner's beats stand in for its plan.
 */
export function createPriceVideo({ hostLimits, ...rules }: PriceDependencies) {
  return defineActivity(({ videoId, input }: EstimateRequest): Promise<Estimate> => {
    const checked = assessBrief(videoId, input, rules);
    const pictures = listPictures(checked);
    const notYet = new Map(pictures.map(({ field }) => [field, notFetched]));
    const brief = completeBrief(videoId, checked, { ...rules, hostLimits, pictures: notYet });
    const { betterPlan } = choosePlanner(checked, rules);
    const sources = new Map(pictures.map(({ field, source }) => [field, withoutQuery(source)]));
    return Promise.resolve({
      ...priceStoryboard(brief, planVideo(brief), ({ references: shown = [...sources.keys()] }) =>
        shown.flatMap((name) => findSource(sources, name)),
      ),
      betterPlan,
    });
  });
}

/** @param name of a reference, or a field of the brief */
function findSource(sources: ReadonlyMap<string, string>, name: string): string[] {
  const source =
    sources.get(name) ??
    sources.get(`references.${name}.image`) ??
    (name === productName ? sources.get('productImage') : undefined);
  return source === undefined ? [] : [source];
}

/** Drops the query, because an address may be signed, and signatures open files. */
function withoutQuery(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** Stands for a picture that is not fetched: only its presence decides on the model and the words. */
const notFetched: ArtifactRef = { key: '', sizeBytes: 0, sha256: '', contentType: 'image/png' };
