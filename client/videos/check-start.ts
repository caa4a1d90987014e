import type { BriefInput } from '../../workflows/contract/brief-schema.ts';
import { checkBrief } from '../../workflows/contract/check-brief.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { isVideoId } from './name-video.ts';

/** Checks everything of a start that can be known without a worker. @throws InvalidBrief with every problem */
export function checkStart(input: unknown, videoId: string | undefined): BriefInput {
  const checked = checkBrief(input);
  const problems = checked.ok ? [] : [...checked.problems];
  if (videoId !== undefined && !isVideoId(videoId)) {
    problems.push({ field: 'videoId', value: JSON.stringify(videoId), rule: '1–64 of a-z, 0-9 and -' });
  }
  if (!checked.ok || problems.length > 0) throw new InvalidBrief(problems);
  return checked.brief;
}
