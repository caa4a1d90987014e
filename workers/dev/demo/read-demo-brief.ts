import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { BriefInput } from '../../../domain/schemas/brief-schema.ts';
import { checkBrief, describeProblems } from '../../../domain/schemas/check-brief.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import { packageRoot } from '../../setup/package-root.ts';

export interface DemoInput {
  readonly brief?: string | undefined;
  readonly prompt?: string | undefined;
  /** The length in seconds. */
  readonly duration?: string | undefined;
}

/** The default brief. */
const exampleBrief = join('examples', 'briefs', 'product-showcase.json');

/** The brief of a demo, checked before any server is started. @throws BeatreelFailure InvalidRequest */
export async function readDemoBrief(input: DemoInput): Promise<BriefInput> {
  if (input.brief !== undefined && input.prompt !== undefined) {
    throw refuse('--brief and --prompt exclude each other: name a file or give the words.');
  }
  const checked = checkBrief(await readInput(input));
  if (!checked.ok) throw refuse(describeProblems(checked.problems));
  return checked.brief;
}

async function readInput({ brief, prompt, duration }: DemoInput): Promise<unknown> {
  const durationSeconds = duration === undefined ? undefined : Number(duration);
  if (prompt !== undefined) return { prompt, durationSeconds: durationSeconds ?? 15 };
  const input = await readJson(brief ?? join(packageRoot(), exampleBrief));
  if (durationSeconds === undefined || input === null || typeof input !== 'object') return input;
  return { ...input, durationSeconds };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw refuse(`The brief ${path} could not be read.`, cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse(`The brief ${path} is not JSON: ${cause instanceof Error ? cause.message : ''}.`, cause);
  }
}

function refuse(message: string, cause?: unknown): BeatreelFailure {
  return new BeatreelFailure(failureTypes.invalidRequest, message, { cause });
}
