import type { BriefInput } from '../domain/schemas/brief-schema.ts';
import { listPictures, type PictureOwner, withoutUploadName } from '../domain/schemas/brief-pictures.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import type { Brief } from '../domain/brief.ts';
import { bucketLayout } from '../domain/revision.ts';
import type { HostLimits } from '../domain/permits.ts';
import { assessBrief, type BriefRules } from './briefs/assess-brief.ts';
import { type BriefDefaults, completeBrief } from './briefs/complete-brief.ts';
import { refuseBrief } from './briefs/refuse-brief.ts';
import { refuseOtherLayout } from './briefs/read-revision.ts';
import { refuseWithoutHost } from './briefs/refuse-without-host.ts';
import type { Hosts } from './providers/hosts.ts';
import { type ActivityRun, defineActivity } from './runtime/define-activity.ts';
import { putOnce } from '../storage/put-once.ts';
import type { ObjectStore } from '../storage/object-store.ts';

export interface AcceptRequest {
  readonly videoId: string;
  /** The brief as the caller wrote it, unchecked. */
  readonly input: unknown;
}

/** A picture of a brief. */
export interface WantedPicture extends PictureOwner {
  /** Its field in the brief. */
  readonly field: string;
  /** The name of its copy in the video's folder, without an extension. */
  readonly stem: string;
  /** An https address, or a key that the video may use. */
  readonly source: string;
}

/** A picture in the folder of the video, as models are shown it. */
export interface FetchedPicture {
  readonly image: ArtifactRef;
  /** Findings and changes, in lower case, without a full stop. */
  readonly findings: readonly string[];
}

/** Stores a picture under the video and refuses other files. */
export type FetchPicture = (wanted: WantedPicture, run: ActivityRun) => Promise<FetchedPicture>;

export interface AcceptDependencies extends BriefRules {
  readonly store: ObjectStore;
  readonly hostLimits: HostLimits;
  readonly hosts: Hosts;
  readonly fetchPicture: FetchPicture;
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
    const pictures = await fetchPictures(videoId, checked, (wanted) =>
      dependencies.fetchPicture(wanted, run),
    );
    const brief = completeBrief(videoId, checked, { ...dependencies, ...pictures });
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

/** Fetches one after the other, so that a brief with twenty addresses does not burden a server. */
async function fetchPictures(
  videoId: string,
  checked: BriefInput,
  fetch: (wanted: WantedPicture) => Promise<FetchedPicture>,
): Promise<Pick<BriefDefaults, 'pictures' | 'remarks'>> {
  const pictures = new Map<string, ArtifactRef>();
  const remarks: string[] = [];
  for (const [at, { field, source }] of listPictures(checked).entries()) {
    const stem = field === 'productImage' ? 'product-image' : `reference-${at}`;
    const { image, findings } = await fetch({ videoId, tenant: checked.tenant, field, stem, source });
    pictures.set(field, image);
    if (findings.length > 0) remarks.push(`${field}: the picture was looked at; ${findings.join('; ')}.`);
  }
  return { pictures, remarks };
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
