import { join } from 'node:path';

import { describeProblems } from '../domain/schemas/check-brief.ts';
import { pictureRule } from '../domain/schemas/brief-pictures.ts';
import type { ArtifactRef } from '../domain/artifact.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { videoFolder } from '../domain/video-folder.ts';
import type { FetchedPicture, FetchPicture, WantedPicture } from './accept-brief.ts';
import type { RenderDependencies } from './media/media-tools.ts';
import { preparePicture, UnfitPicture } from './media/prepare-picture.ts';
import type { ActivityRun } from './runtime/define-activity.ts';
import { spaceFor, withScratch } from './runtime/scratch.ts';
import { pictureAdvice } from '../storage/media-formats.ts';
import { SourceFailure, WrongFile } from '../storage/transfer/transfer-errors.ts';
import { sniffedBytes, sniffMediaType } from '../storage/sniff.ts';
import { expectedFiles } from './providers/expected-files.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { isUnknownName } from '../storage/safe-agent.ts';
import type { Transfer } from '../storage/transfer.ts';

export interface PictureDependencies extends RenderDependencies {
  /** Reads any public https address, and no other. */
  readonly transfer: Transfer;
}

/**
 * Brings a picture of a brief into the video's folder before anything reads it. A picture by address is fetched under
 * the rules for callers' addresses; one of the bucket is copied, so that a change of the upload does not matter.
 * Then it is checked, and changed where models could not read it.
 */
export function createFetchPicture(dependencies: PictureDependencies): FetchPicture {
  return async (wanted, run) => {
    const { source } = wanted;
    const isAddress = URL.canParse(source);
    const copied = isAddress
      ? await fetchAddress(dependencies, wanted, run)
      : await copyPicture(dependencies.store, wanted, run.signal);
    try {
      return await lookAt(dependencies, copied, run.signal);
    } catch (error) {
      if (!(error instanceof UnfitPicture)) throw error;
      const value = isAddress ? `${new URL(source).origin}/…` : source;
      throw refuse(wanted, { value, rule: error.message, cause: error });
    }
  };
}

async function fetchAddress(
  { transfer }: PictureDependencies,
  wanted: WantedPicture,
  run: ActivityRun,
): Promise<ArtifactRef> {
  const { videoId, stem, source } = wanted;
  const fetched = transfer.transferToStore({
    resolveAddress: () => Promise.resolve(source),
    key: `${videoFolder(videoId)}${stem}`,
    expect: expectedFiles.image,
    onProgress: run.reportProgress,
    signal: run.signal,
    // Another attempt may be at work on the same upload, so an abort keeps it; the end of the video closes it.
    keepOnAbort: () => true,
  });
  return fetched.catch((error: unknown) => {
    const isRefused = isFinal(error) || (isAtSource(error) && run.sinceScheduledMs >= refuseAfterMs);
    throw isRefused
      ? refuse(wanted, { value: `${new URL(source).origin}/…`, rule: describe(error), cause: error })
      : error;
  });
}

/** Stores the picture for models beside the person's own, named for it, so that repeats write the same object. */
async function lookAt(
  { store, tools, scratchRoot }: PictureDependencies,
  picture: ArtifactRef,
  signal: AbortSignal,
): Promise<FetchedPicture> {
  return withScratch({ root: scratchRoot, needsBytes: spaceFor([picture]) }, async (folder) => {
    const input = join(folder, 'picture');
    const output = join(folder, 'prepared');
    await store.downloadToFile(picture, input, { signal });
    const { contentType, findings } = await preparePicture(tools, { input, output, signal });
    if (contentType === undefined) return { image: picture, findings };
    const ending = contentType === 'image/png' ? 'png' : 'jpg';
    const key = `${picture.key}-prepared.${ending}`;
    return { image: await store.putFile(key, output, { contentType, signal }), findings };
  });
}

/** How long a picture's server may be away, in milliseconds: the caller waits, and can mend the address. */
const refuseAfterMs = 2 * 60_000;

/** Whether the server of the picture failed, and not our store. */
function isAtSource(error: unknown): error is BeatreelFailure {
  if (error instanceof SourceFailure) return true;
  // DNS cannot look up its name for now.
  const { code } = ((error as Error | undefined)?.cause ?? {}) as { readonly code?: unknown };
  return error instanceof BeatreelFailure && code === 'EAI_AGAIN';
}

/** Describes a failure as advice on the picture. */
function describe(error: BeatreelFailure): string {
  if (error instanceof WrongFile) return pictureAdvice(error.found);
  if (!(error instanceof SourceFailure)) return error.message;
  const { status, code } = error;
  if (status !== undefined)
    return `its server answered ${status} for this picture; give an address that everybody can read`;
  if (code === undefined) return error.message;
  const isUntrusted = /CERT|SIGNATURE|ISSUER|ALTNAME/.test(code);
  const finding = isUntrusted
    ? `is not to be trusted by its certificate (${code})`
    : `cannot be reached (${code})`;
  return `the server of this picture ${finding}; give another address, or upload the picture`;
}

/** For a caller's address these are input errors; so is a host name that does not exist. */
function isFinal(error: unknown): error is BeatreelFailure {
  if (error instanceof BeatreelFailure && isUnknownName(error)) return true;
  const final: readonly string[] = [
    failureTypes.paidAndLost,
    failureTypes.artifactMissing,
    failureTypes.invalidRequest,
  ];
  return error instanceof BeatreelFailure && final.includes(error.type);
}

interface Refusal {
  readonly value: string;
  readonly rule: string;
  readonly cause?: unknown;
}

function refuse({ field }: WantedPicture, { value, rule, cause }: Refusal): BeatreelFailure {
  const problems = [{ field, value: JSON.stringify(value), rule }];
  return new BeatreelFailure(failureTypes.invalidRequest, describeProblems(problems), {
    cause,
    details: problems,
  });
}

/** Copies a picture of the bucket, named for its bytes, so that repeats write the same object. */
async function copyPicture(
  store: ObjectStore,
  wanted: WantedPicture,
  signal: AbortSignal,
): Promise<ArtifactRef> {
  const { source, stem, videoId } = wanted;
  const contentType = await pictureType(store, source).catch((error: unknown) => {
    const isGone = error instanceof BeatreelFailure && error.type === failureTypes.artifactMissing;
    throw isGone ? refuse(wanted, { value: source, rule: pictureRule(wanted) }) : error;
  });
  if (contentType === undefined) throw refuse(wanted, { value: source, rule: pictureRule(wanted) });
  const found = await store.hashObject(source, { signal });
  const key = `${videoFolder(videoId)}${stem}-${found.sha256.slice(0, 16)}`;
  await store.copy({ from: source, to: key, contentType, signal });
  const copied = await store.hashObject(key, { signal });
  if (copied.sha256 === found.sha256) return { key, ...copied, contentType };
  throw new BeatreelFailure(failureTypes.providerUnavailable, `${source} changed while it was copied.`);
}

/** @returns undefined where the object is missing, too large or not a picture */
async function pictureType(store: ObjectStore, key: string): Promise<string | undefined> {
  const { maxBytes, contentTypes } = expectedFiles.image;
  const head = await store.head(key);
  // An empty object has no first byte to ask for.
  if (!head || head.sizeBytes === 0 || head.sizeBytes > maxBytes) return undefined;
  const contentType = sniffMediaType(await firstBytes(store, key));
  return contentType !== undefined && contentTypes.includes(contentType) ? contentType : undefined;
}

async function firstBytes(store: ObjectStore, key: string): Promise<Uint8Array> {
  const { body } = await store.getStream(key, { range: { start: 0, end: sniffedBytes - 1 } });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
