import type { BriefInput } from '../domain/schemas/brief-schema.ts';
import { type PictureOwner, withoutUploadName } from '../domain/schemas/product-image.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import type { Brief } from '../domain/brief.ts';
import { bucketLayout } from '../domain/revision.ts';
import type { HostLimits } from '../domain/permits.ts';
import { assessBrief, type BriefRules } from './briefs/assess-brief.ts';
import { completeBrief } from './briefs/complete-brief.ts';
import { refuseBrief } from './briefs/refuse-brief.ts';
import { refuseOtherLayout } from './briefs/read-revision.ts';
import { refuseWithoutHost } from './briefs/refuse-without-host.ts';
import type { Hosts } from './providers/hosts.ts';
import { type ActivityRun, defineActivity } from './runtime/define-activity.ts';
import { putOnce } from '../storage/put-once.ts';
import type { ObjectStore } from '../storage/object-store.ts';

export interface AcceptRequest {
  readonly videoId: string;
  /** As the caller wrote it; nothing is assumed of it. */
  readonly input: unknown;
}

/** The picture of a brief. */
export interface WantedPicture extends PictureOwner {
  /** An https address, or a key that the video may use. */
  readonly source: string;
}

/** Stores a product picture under the video and refuses what is no picture. */
export type FetchProductImage = (wanted: WantedPicture, run: ActivityRun) => Promise<ArtifactRef>;

export interface AcceptDependencies extends BriefRules {
  readonly store: ObjectStore;
  readonly hostLimits: HostLimits;
  readonly hosts: Hosts;
  readonly fetchProductImage: FetchProductImage;
}

/**
 * Checks a brief, fills in every default and stores it. Safe to run again: keyed by the video; the first brief
 * stands, and another one under the same id is refused.
 */
export function createAcceptBrief(dependencies: AcceptDependencies) {
  return defineActivity(async ({ videoId, input }: AcceptRequest, run): Promise<Brief> => {
    const key = `videos/${videoId}/brief.json`;
    const checked = assessBrief(videoId, input, dependencies);
    const stored = (await dependencies.store.getJson(key))?.value as StoredBrief | undefined;
    if (stored) refuseOtherLayout(key, stored);
    if (stored) return sameBrief(videoId, stored, checked);
    const { productImage: source, tenant } = checked;
    const productImage =
      source === undefined
        ? undefined
        : await dependencies.fetchProductImage({ videoId, tenant, source }, run);
    const brief = completeBrief(videoId, checked, { ...dependencies, productImage });
    refuseWithoutHost(brief, dependencies.hosts);
    return sameBrief(
      videoId,
      await putOnce<StoredBrief>(dependencies.store, key, {
        layout: bucketLayout,
        input: checked,
        brief,
      }),
      checked,
    );
  });
}

interface StoredBrief {
  readonly layout: typeof bucketLayout;
  readonly input: BriefInput;
  readonly brief: Brief;
}

function sameBrief(videoId: string, stored: StoredBrief, input: BriefInput): Brief {
  const [before, now] = [stored.input, input].map(withoutUploadName);
  if (JSON.stringify(before) === JSON.stringify(now)) return stored.brief;
  refuseBrief([
    {
      field: 'videoId',
      value: videoId,
      rule: 'this id belongs to a video with another brief; choose a new one',
    },
  ]);
}
