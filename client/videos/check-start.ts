import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { checkBrief } from '../../domain/schemas/check-brief.ts';
import { isLocalPath, listPictures } from '../../domain/schemas/brief-pictures.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { isVideoId } from './name-video.ts';

/** The caller's decisions about a brief. */
export interface BriefOptions {
  /** 1–64 of `a-z`, `0-9` and `-`. */
  readonly videoId?: string;
  /**
   * Whether the brief's pictures may be files of this machine (`./…`, `../…`, `/…`, `~…`, `file:…`), which are then
   * read and uploaded. Leave it out for briefs from others. Default: false.
   */
  readonly allowLocalFiles?: boolean;
}

/** Checks everything of a start that needs no worker. @throws InvalidBrief with every problem */
export function checkStart(
  input: unknown,
  { videoId, allowLocalFiles = false }: BriefOptions = {},
): BriefInput {
  const checked = checkBrief(input);
  const problems = checked.ok ? [] : [...checked.problems];
  if (videoId !== undefined && !isVideoId(videoId)) {
    problems.push({ field: 'videoId', value: JSON.stringify(videoId), rule: '1–64 of a-z, 0-9 and -' });
  }
  const local = checked.ok ? listPictures(checked.brief).filter(({ source }) => isLocalPath(source)) : [];
  if (!allowLocalFiles) {
    const rule =
      'https://…, or the key of an upload; a file of this machine is read with allowLocalFiles alone';
    problems.push(...local.map(({ field, source }) => ({ field, value: JSON.stringify(source), rule })));
  }
  if (!checked.ok || problems.length > 0) throw new InvalidBrief(problems);
  return checked.brief;
}
