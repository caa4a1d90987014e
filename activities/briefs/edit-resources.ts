import type { ArtifactRef } from '../../domain/artifact.ts';
import type { PlannedBeat } from '../../domain/beat-count.ts';
import type { BeatRequest } from '../../domain/brief.ts';
import type { EditResources } from '../../domain/edits/apply-edits.ts';
import type { Edit } from '../../domain/edits/edit.ts';
import type { ReviseRequest } from '../../domain/edits/revised.ts';
import type { ModelKind } from '../../domain/media.ts';
import type { RecordedTake } from '../../domain/recorded-take.ts';
import { showReferences } from '../../domain/references.ts';
import type { Revision } from '../../domain/revision.ts';
import { mayUsePicture } from '../../domain/schemas/brief-pictures.ts';
import type { FetchPicture } from '../accept-brief.ts';
import { readBrief } from '../planning/read-brief.ts';
import { writeCustomBeat } from '../planning/write-custom-beat.ts';
import type { Catalogue } from '../providers/catalogue.ts';
import type { ActivityRun } from '../runtime/define-activity.ts';
import { prefer, toChoice, toClipChoice } from './complete-brief.ts';

/** One change in the making. */
export interface Editing {
  readonly request: ReviseRequest & { readonly videoId: string };
  readonly edits: readonly Edit[];
  readonly before: Revision;
  readonly all: readonly Revision[];
  readonly takes: readonly RecordedTake[];
  readonly run: ActivityRun;
}

interface Dependencies {
  readonly catalogue: Catalogue;
  readonly fetchPicture: FetchPicture;
}

/** Collects all that edits may need beside the revision that they change. */
export async function createEditResources(dependencies: Dependencies, work: Editing): Promise<EditResources> {
  const { before, all, takes } = work;
  return {
    chooseModels: (kind, names) => chooseModels(dependencies.catalogue, kind, names),
    writeBeat: (beat) => writeBeat(beat, before),
    pictures: await readPictures(dependencies, work),
    takes,
    revisions: new Map(all.map((revision) => [revision.revision, revision])),
  };
}

function chooseModels(catalogue: Catalogue, kind: ModelKind, names: readonly string[]) {
  const known = catalogue.entries.filter((entry) => entry.kind === kind).map(({ name }) => name);
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) return `${strange} is not a model of this kind; there are ${known.join(', ')}`;
  return kind === 'clip'
    ? prefer(names.map((name) => toClipChoice(catalogue.find(name, kind))))
    : prefer(names.map((name) => toChoice(catalogue.find(name, kind))));
}

/** Writes a beat as a brief would: in a person's words, with the references that they name. */
function writeBeat(beat: BeatRequest, { brief, storyboard }: Revision): PlannedBeat {
  const written = writeCustomBeat(beat, readBrief(brief.prompt), brief);
  if (!brief.references) return written;
  const told = storyboard.beats.map(({ stillPrompt }) => ({ words: stillPrompt }));
  const { byBeat } = showReferences(brief.references, [...told, { words: beat.prompt }]);
  return { ...written, references: byBeat.at(-1) ?? [] };
}

/** Copies pictures into the video, because their sources may change or go. */
async function readPictures(
  { fetchPicture }: Dependencies,
  { edits, request: { videoId }, before, run }: Editing,
): Promise<ReadonlyMap<string, ArtifactRef>> {
  const pictures = new Map<string, ArtifactRef>();
  for (const [index, edit] of edits.entries()) {
    if (edit.op !== 'picture' || edit.image === undefined || pictures.has(edit.image)) continue;
    const owner = { videoId, tenant: before.brief.tenant };
    // The list of problems refuses it later, in the same words as a missing picture.
    if (!edit.image.startsWith('https:') && !mayUsePicture(edit.image, owner)) continue;
    const { image } = await fetchPicture(
      {
        ...owner,
        source: edit.image,
        field: `edits[${index}].image`,
        // An address may hold another picture by then.
        stem: `picture-${run.workflowId.slice(-12)}-${index}`,
      },
      run,
    );
    pictures.set(edit.image, image);
  }
  return pictures;
}
