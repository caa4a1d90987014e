import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { checkBrief } from '../../domain/schemas/check-brief.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { decodeText } from './decode-text.ts';
import { readReferences } from './read-references.ts';
import { UsageError } from './usage-error.ts';

/** The options that describe a video. They override the file. */
export interface BriefFlags {
  readonly brief?: string;
  readonly prompt?: string;
  readonly duration?: string;
  readonly title?: string;
  readonly template?: string;
  readonly aspect?: string;
  readonly resolution?: string;
  readonly productImage?: string;
  /** Each as `NAME=IMAGE` or `NAME:KIND=IMAGE`. */
  readonly reference?: readonly string[];
  readonly still?: string;
  readonly clip?: string;
  readonly score?: string;
  readonly planner?: string;
  /** False for `--no-music`. */
  readonly music: boolean;
  readonly tenant?: string;
  readonly seed?: string;
  readonly requestId?: string;
  readonly approve?: string;
  readonly onFailure?: string;
  readonly onRefusal?: string;
  /** In US dollars. */
  readonly budget?: string;
}

/**
 * Combines the options and the file into a brief.
 *
 * @throws UsageError without a brief, or for a file that is not a JSON object; InvalidBrief with every problem
 */
export async function readBrief(flags: BriefFlags): Promise<BriefInput> {
  if (flags.brief === undefined && flags.prompt === undefined) {
    throw new UsageError(
      'No video is described. Give --brief FILE, or --prompt TEXT and --duration SECONDS.',
    );
  }
  const file = flags.brief === undefined ? {} : await readBriefFile(flags.brief);
  const { still, clip, score, planner } = flags;
  const models = defined({ still: toNames(still), clip: toNames(clip), score: toNames(score), planner });
  const references = readReferences(flags.reference ?? [], toImage);
  const brief = {
    ...file,
    ...defined({
      prompt: flags.prompt,
      durationSeconds: toNumber(flags.duration),
      title: flags.title,
      template: flags.template,
      aspectRatio: flags.aspect,
      resolution: flags.resolution,
      productImage: flags.productImage === undefined ? undefined : toImage(flags.productImage),
      tenant: flags.tenant,
      seed: toNumber(flags.seed),
      requestId: flags.requestId,
      approve: flags.approve?.split(','),
      onFailure: flags.onFailure,
      onRefusal: flags.onRefusal,
    }),
    ...(Object.keys(references).length === 0
      ? {}
      : { references: { ...asObject(file['references']), ...references } }),
    ...(Object.keys(models).length === 0 ? {} : { models: { ...asObject(file['models']), ...models } }),
    ...(flags.budget === undefined
      ? {}
      : { limits: { ...asObject(file['limits']), budgetUsd: toNumber(flags.budget) } }),
    ...(flags.music ? {} : { music: { ...asObject(file['music']), enabled: false } }),
  };
  const checked = checkBrief(brief);
  if (!checked.ok) throw new InvalidBrief(checked.problems);
  return checked.brief;
}

/** Splits `a,b`: model `a`, with `b` as its fallback. */
function toNames(text: string | undefined): string | string[] | undefined {
  return text?.includes(',') === true ? text.split(',').map((name) => name.trim()) : text;
}

async function readBriefFile(path: string): Promise<Record<string, unknown>> {
  const name = path === '-' ? 'the standard input' : path;
  let brief: unknown;
  try {
    brief = JSON.parse(decodeText(path === '-' ? await buffer(process.stdin) : await readFile(path)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`No brief can be read from ${name}: ${reason}`, { cause });
  }
  if (typeof brief !== 'object' || brief === null || Array.isArray(brief)) {
    throw new UsageError(`${name} does not hold a brief: a brief is one JSON object.`);
  }
  return path === '-' ? (brief as Record<string, unknown>) : besideFile(brief, dirname(path));
}

/** Resolves relative paths against the folder of the brief's file, wherever the command runs. */
function besideFile(brief: object, folder: string): Record<string, unknown> {
  const { productImage, references } = brief as Readonly<Record<string, unknown>>;
  const named = typeof references === 'object' && references !== null ? Object.entries(references) : [];
  return {
    ...brief,
    ...(productImage === undefined ? {} : { productImage: toPath(productImage, folder) }),
    ...(named.length === 0
      ? {}
      : {
          references: Object.fromEntries(
            named.map(([name, reference]: [string, unknown]) => [name, withPath(reference, folder)]),
          ),
        }),
  };
}

/** Resolves a reference's picture; the check of the brief handles everything else. */
function withPath(reference: unknown, folder: string): unknown {
  if (typeof reference !== 'object' || reference === null || !('image' in reference)) return reference;
  return { ...reference, image: toPath(reference.image, folder) };
}

function toPath(picture: unknown, folder: string): unknown {
  const isBeside = typeof picture === 'string' && /^\.{1,2}\//.test(picture);
  return isBeside ? resolve(folder, picture) : picture;
}

/** Prefers a file of that name over a bucket key. */
export function toImage(value: string): string {
  return !value.startsWith('~') && existsSync(value) ? resolve(value) : value;
}

/** Turns invalid text into NaN, which the check of the brief reports. */
function toNumber(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  return value.trim() === '' ? Number.NaN : Number(value);
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Replaces a value that is not an object; the check of the brief reports it. */
function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
