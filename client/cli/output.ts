import { BeatreelError } from '../errors/beatreel-error.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { describeSystemError } from '../terminal/describe-system-error.ts';
import { explainCommand } from './explain-failure.ts';
import { printableJson, printableLines } from '../terminal/printable.ts';

/** The output of a command: words for people, or one JSON document a line and nothing else. */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** The answer of the command. */
  result(value: unknown, words: string): void {
    process.stdout.write(`${this.json ? printableJson(value) : printableLines(words)}\n`);
  }

  /** A hint for people, left out of JSON output. */
  note(words: string): void {
    if (!this.json) process.stderr.write(`${printableLines(words)}\n`);
  }

  /** A warning, also with `--json`; the standard output stays one document. */
  warn(words: string): void {
    process.stderr.write(`beatreel: ${printableLines(words)}\n`);
  }

  error(error: unknown): void {
    if (this.json) process.stdout.write(`${printableJson({ error: toJson(error) })}\n`);
    else process.stderr.write(`${printableLines(toWords(error))}\n`);
  }
}

function toJson(error: unknown): unknown {
  if (error instanceof BeatreelError) return error;
  return { code: 'Unexpected', message: error instanceof Error ? error.message : String(error) };
}

/** Errors whose message needs no further explanation. */
const selfEvident: ReadonlySet<string> = new Set(['UsageError', 'InvalidBrief', 'VideoNotFound']);

function toWords(error: unknown): string {
  if (error instanceof InvalidBrief && error.problems.length > 1) {
    const lines = error.problems.map(({ field, value, rule }) => `  ${field} is ${value}: ${rule}`);
    return [`beatreel: The brief has ${error.problems.length} problems:`, ...lines].join('\n');
  }
  if (error instanceof BeatreelError) {
    const { nextStep } = error as { readonly nextStep?: string };
    const more = selfEvident.has(error.code) ? [] : [explainCommand(error.code)];
    return [`beatreel: ${error.message}`, ...(nextStep === undefined ? [] : [nextStep]), ...more].join('\n');
  }
  const problem = describeSystemError(error);
  if (problem !== undefined) return `beatreel: ${problem}`;
  // For a bug, its position is the only help.
  return `beatreel: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
