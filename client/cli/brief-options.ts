import type { Command } from 'commander';

import {
  aspectRatios,
  failurePolicies,
  refusalPolicies,
  resolutions,
  templates,
} from '../../domain/brief.ts';
import { gates } from '../../domain/gates.ts';
import { referenceKinds } from '../../domain/references.ts';

/** The options that describe a video, for every command that takes a brief. */
export function addBriefOptions(command: Command): Command {
  return command
    .option('--brief <file>', 'JSON file with the brief; - reads the standard input')
    .option('--prompt <text>', 'content of the video')
    .option('--duration <seconds>', 'length of the video, 5–300')
    .option('--title <text>', 'shown in listings')
    .option('--template <name>', templates.join(', '))
    .option('--aspect <ratio>', aspectRatios.join(', '))
    .option('--resolution <size>', `${resolutions.join(', ')}; auto: as the clip model delivers it`)
    .option('--product-image <image>', 'a local picture, an https address, or the key of an upload')
    .option(
      '--reference <name[:kind]=image>',
      `something that stays the same, with its picture as above; may be repeated; kinds: ${referenceKinds.join(', ')} (default: product)`,
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    )
    .option('--still <model>', 'image model, a name of the catalogue; fallbacks follow after commas')
    .option('--clip <model>', 'video model')
    .option('--score <model>', 'music model')
    .option('--planner <model>', 'planner: built-in, or a language model of the catalogue')
    .option('--no-music', 'no score')
    .option('--tenant <name>', 'owner of the video')
    .option('--seed <number>', '0–2147483647')
    .option('--request-id <id>', 'the same id of a tenant gives the same video: no second start')
    .option('--video-id <id>', '1–64 of a-z, 0-9 and -')
    .option('--budget <usd>', 'the most the whole video may cost, in US dollars: a hard cap')
    .option(
      '--approve <gates>',
      `gates at which it waits for approval, separated by commas: ${gates.join(', ')}`,
    )
    .option('--on-failure <policy>', failurePolicies.join(', '))
    .option('--on-refusal <policy>', refusalPolicies.join(', '));
}
