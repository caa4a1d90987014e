import { parseArgs, type ParseArgsConfig } from 'node:util';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;
type Values<Options extends OptionsConfig> = ReturnType<typeof parseArgs<{ options: Options }>>['values'];

/**
 * Reads the arguments of a program. `--help` prints `usage` and ends the process.
 *
 * @throws BeatreelFailure InvalidRequest naming the wrong argument, with `usage`
 */
export function readOptions<const Options extends OptionsConfig>(
  usage: string,
  options: Options,
): Values<Options> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (cause) {
    const [problem] = (cause instanceof Error ? cause.message : String(cause)).split('. ');
    throw new BeatreelFailure(failureTypes.invalidRequest, `${problem}.\n${usage}`, { cause });
  }
}
