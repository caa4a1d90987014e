import type { Manifest, ManifestEntry } from '../../domain/schemas/manifest-schema.ts';
import { manifestFields } from '../../domain/media.ts';
import { isInVideoFolder, videoFolder } from '../../domain/video-folder.ts';
import { describeCount } from '../../domain/assert-count.ts';
import type { VerifyProblem } from './verify-report.ts';

/**
 * Checks a manifest for consistency: exactly one still per beat, one chunk per planned chunk, one clip per chunk, each
 * at its place in screen order, and a cut and a video.
 */
export function checkManifest(manifest: Manifest): VerifyProblem[] {
  const { beats, plannedChunks, stills, chunks, clips } = manifest;
  return [
    ...checkStatus(manifest),
    ...checkCount('stills', stills.length, { of: 'beats', expected: beats.length }),
    ...checkCount('chunks', chunks.length, { of: 'planned chunks', expected: plannedChunks }),
    ...checkCount('clips', clips.length, { of: 'chunks', expected: chunks.length }),
    ...checkBeats(manifest),
    ...stills.flatMap((still, place) => {
      const beat = beats[place]?.id ?? 'no beat';
      return still.beat === beat ? [] : [misplaced(still, beat)];
    }),
    ...checkChunkOrder(manifest),
    ...checkClips(manifest),
    ...checkShared([...stills, ...chunks, ...clips]),
  ];
}

/** Finds files outside the video's own folder: those belong to somebody else, whatever their bytes. */
export function checkFolder(manifest: Manifest, videoId: string): VerifyProblem[] {
  return entriesOf(manifest).flatMap((entry) => {
    if (isInVideoFolder(entry.key, videoId)) return [];
    const text = `${describePlace(entry)} names ${entry.key}, which is not in ${videoFolder(videoId)}.`;
    return [{ kind: 'foreign', ...placeOf(entry), text }];
  });
}

/** Lists every file of a manifest. */
export function entriesOf(manifest: Manifest): ManifestEntry[] {
  return manifestFields.flatMap((field) => manifest[field] ?? []);
}

function checkStatus({ status, cut, video }: Manifest): VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  if (status !== 'succeeded') {
    problems.push({ kind: 'status', text: `The video is ${status}; only a succeeded one is complete.` });
  }
  for (const [unit, entry] of [['cut', cut] as const, ['video', video] as const]) {
    if (!entry) problems.push({ kind: 'count', unit, text: `There is no ${unit}.` });
  }
  return problems;
}

interface Expected {
  readonly of: string;
  readonly expected: number;
}

function checkCount(things: string, count: number, { of, expected }: Expected): VerifyProblem[] {
  return count === expected
    ? []
    : [{ kind: 'count', text: describeCount({ what: things, count, per: of, expected }) }];
}

function checkBeats({ beats }: Manifest): VerifyProblem[] {
  return beats.flatMap(({ id, index }, place) =>
    index === place
      ? []
      : [
          {
            kind: 'order',
            beat: id,
            text: `Beat ${id}, the ${index + 1}. of the story, stands at place ${place + 1}.`,
          },
        ],
  );
}

/** Checks that beats are in order, and each beat's chunks count from 0 without a gap. */
function checkChunkOrder({ chunks, beats }: Manifest): VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  let last = { place: -1, chunk: -1, unit: 'the start' };
  for (const entry of chunks) {
    const { beat, chunk = -1, unit } = entry;
    const place = beats.findIndex(({ id }) => id === beat);
    const follows = place === last.place ? chunk === last.chunk + 1 : place === last.place + 1 && chunk === 0;
    if (!follows) problems.push(misplaced(entry, `the place after ${last.unit}`));
    last = { place, chunk, unit };
  }
  const filmed = new Set(chunks.map(({ beat }) => beat));
  const unfilmed = beats.filter(({ id }) => !filmed.has(id));
  return [
    ...problems,
    ...unfilmed.map(({ id }) => ({
      kind: 'count' as const,
      beat: id,
      text: `Beat ${id} has no chunk.`,
    })),
  ];
}

function checkClips({ chunks, clips }: Manifest): VerifyProblem[] {
  return clips.flatMap((clip, index) => {
    const chunk = chunks[index];
    if (!chunk || (chunk.beat === clip.beat && chunk.chunk === clip.chunk)) return [];
    return [misplaced(clip, `the place of ${chunk.unit}`)];
  });
}

/** Finds two units with one file: one of them was never made. */
function checkShared(entries: readonly ManifestEntry[]): VerifyProblem[] {
  const owners = new Map<string, string>();
  return entries.flatMap((entry) => {
    const owner = owners.get(entry.key);
    owners.set(entry.key, owner ?? entry.unit);
    if (owner === undefined) return [];
    return [
      { kind: 'count', ...placeOf(entry), text: `${entry.unit} has the file of ${owner}, ${entry.key}.` },
    ];
  });
}

function misplaced(entry: ManifestEntry, place: string): VerifyProblem {
  return { kind: 'order', ...placeOf(entry), text: `${describePlace(entry)} stands at ${place}.` };
}

/** Unit, key, beat and chunk of an entry, if present. */
export function placeOf({ unit, key, beat, chunk }: ManifestEntry): Omit<VerifyProblem, 'kind' | 'text'> {
  return { unit, key, beat, chunk };
}

/** E.g. `chunk-b3-2`. */
export function describePlace({ unit }: ManifestEntry): string {
  return unit;
}
