import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';

import type { Command } from 'commander';

import { resolutions } from '../../domain/brief.ts';
import type { BeatName, Edit, Placing } from '../../domain/edits/edit.ts';
import { decodeText } from './decode-text.ts';
import { toImage } from './read-brief.ts';
import { parseBeat } from './parse-beat.ts';
import { parseWhole } from './parse-whole.ts';
import { UsageError } from './usage-error.ts';

/** Flags for common edits; `--edit` takes any edit. */
export interface EditFlags {
  readonly edit?: string;
  readonly beat?: BeatName;
  readonly words?: string;
  readonly motion?: string;
  readonly seconds?: number;
  readonly picture?: string;
  readonly insert?: string;
  readonly remove?: BeatName;
  readonly move?: BeatName;
  readonly before?: BeatName;
  readonly after?: BeatName;
  readonly reRoll?: readonly string[];
  readonly pin?: readonly string[];
  readonly music?: string | false;
  readonly aspectRatio?: string;
  readonly resolution?: string;
  readonly title?: string;
  readonly rollBack?: number;
  readonly budget?: string;
  readonly keep?: readonly string[];
  readonly base?: number;
}

export function addEditOptions(command: Command): Command {
  return command
    .argument('<id>', 'id of the video')
    .option('--edit <json>', 'a list of edits as JSON, or @FILE, or - for standard input (docs/edits.md)')
    .option('--beat <beat>', 'the beat for --words, --motion, --seconds and --picture', parseBeat)
    .option('--words <text>', 'content of the still of the beat')
    .option('--motion <text>', 'movement in the beat')
    .option('--seconds <5|10|15>', 'length of the beat, or of the inserted one', parseWhole(5, 15))
    .option(
      '--picture <image>',
      'a local picture, an https address or the key of an upload in place of the still of the beat',
    )
    .option('--insert <text>', 'a new beat that shows this; at the end without --before or --after')
    .option('--remove <beat>', 'remove a beat', parseBeat)
    .option('--move <beat>', 'put a beat elsewhere, with --before or --after; without, at the end', parseBeat)
    .option('--before <beat>', 'put the inserted or moved beat before this one', parseBeat)
    .option('--after <beat>', 'put the inserted or moved beat after this one', parseBeat)
    .option('--re-roll <unit...>', 'another take of the same request, e.g. still-b2')
    .option('--pin <unit:take...>', 'an earlier take, as beatreel takes lists them, e.g. still-b2:0')
    .option('--music <text>', 'style of the music')
    .option('--no-music', 'no music')
    .option('--aspect-ratio <ratio>', '16:9, 9:16 or 1:1')
    .option('--resolution <size>', `${resolutions.join(', ')}: buys nothing`)
    .option('--title <text>', 'another title')
    .option('--roll-back <revision>', 'everything as in that revision', parseWhole(1))
    .option('--budget <usd>', 'the most the video may cost over all revisions')
    .option('--keep <unit...>', 'units that keep their take although it no longer fits')
    .option('--base <revision>', 'refuse the change if a newer revision than this exists', parseWhole(1))
    .option('--json', 'print one JSON document');
}

/** Whether any flag names an edit. */
export function hasEdits(flags: EditFlags): boolean {
  return flags.edit !== undefined || readFlags(flags).length > 0;
}

/** The edits of all flags, in a fixed order: those of the list first. @throws UsageError */
export async function readEdits(flags: EditFlags): Promise<readonly Edit[]> {
  const edits = [...(await readList(flags.edit)), ...readFlags(flags)];
  if (edits.length === 0) throw new UsageError('Say what to change: see --help.');
  return edits;
}

async function readList(source: string | undefined): Promise<readonly Edit[]> {
  if (source === undefined) return [];
  const isFile = source === '-' || source.startsWith('@');
  const text = isFile
    ? decodeText(source === '-' ? await buffer(process.stdin) : await readFile(source.slice(1)))
    : source;
  try {
    const list: unknown = JSON.parse(text);
    // The client checks the whole list before any request.
    return (Array.isArray(list) ? list : [list]) as readonly Edit[];
  } catch (error) {
    throw new UsageError(`--edit is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function readFlags(flags: EditFlags): Edit[] {
  const { beat, words, motion, seconds, picture, insert, remove, move } = flags;
  const placing: Placing = {
    before: flags.before,
    after: flags.after,
  };
  if (
    beat === undefined &&
    insert === undefined &&
    [words, motion, picture, seconds].some((flag) => flag !== undefined)
  )
    throw new UsageError('--words, --motion, --seconds and --picture need --beat.');
  const text = {
    still: words,
    motion,
  };
  const length = seconds === undefined ? {} : { seconds };
  return [
    ...(beat !== undefined && (words !== undefined || motion !== undefined)
      ? [{ op: 'words', beat, ...text } as const]
      : []),
    ...(beat !== undefined && seconds !== undefined ? [{ op: 'length', beat, seconds } as const] : []),
    ...(beat !== undefined && picture !== undefined
      ? [{ op: 'picture', beat, image: toImage(picture) } as const]
      : []),
    ...(insert === undefined
      ? []
      : [
          {
            op: 'insert',
            still: insert,
            ...(beat === undefined ? { ...text, still: insert, ...length } : {}),
            ...placing,
          } as const,
        ]),
    ...(remove === undefined ? [] : [{ op: 'remove', beat: remove } as const]),
    ...(move === undefined ? [] : [{ op: 'move', beat: move, ...placing } as const]),
    ...(flags.reRoll ?? []).map((unit) => ({ op: 'reroll', unit }) as const),
    ...(flags.pin ?? []).map(readPin),
    ...(flags.music === undefined ? [] : [readMusic(flags.music)]),
    ...(flags.aspectRatio === undefined
      ? []
      : [{ op: 'aspectRatio', aspectRatio: flags.aspectRatio } as Edit]),
    ...(flags.resolution === undefined ? [] : [{ op: 'resolution', resolution: flags.resolution } as Edit]),
    ...(flags.title === undefined ? [] : [{ op: 'title', title: flags.title } as const]),
    ...(flags.rollBack === undefined ? [] : [{ op: 'rollBack', revision: flags.rollBack } as const]),
    ...(flags.budget === undefined ? [] : [{ op: 'budget', usd: Number(flags.budget) } as const]),
  ];
}

function readMusic(music: string | false): Edit {
  return music === false ? { op: 'music', enabled: false } : { op: 'music', words: music };
}

function readPin(text: string): Edit {
  const [, unit, take] = /^([a-z0-9-]+):(\d+)$/.exec(text) ?? [];
  if (unit === undefined) throw new UsageError(`--pin is "${text}": a unit and a take, such as still-b2:0.`);
  return { op: 'pin', unit, take: Number(take) };
}
