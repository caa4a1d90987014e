import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';

import { capText } from '../../activities/runtime/cap-text.ts';
import { keepSecretsOf, redact } from '../../activities/runtime/secrets.ts';
import { printable, printableJson } from '../../client/terminal/printable.ts';
import { describeUnit } from './describe-unit.ts';

/** How log lines look: one JSON object a line, or a short line for a person at a terminal. */
export type LogFormat = 'json' | 'pretty';

export interface LoggerOptions {
  /** Default: `pretty` on a terminal, `json` elsewhere; `BEATREEL_LOG` decides when set. */
  readonly format?: LogFormat;
  /** Default: `INFO`. */
  readonly level?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  /** Signals on which Temporal's runtime stops the workers of this process. Default: none. */
  readonly shutdownSignals?: NodeJS.Signals[];
}

/**
 * Installs the one logger of a process: lines go to standard error, so that standard output stays the program's own.
 * Call it before any worker or connection is made.
 */
export function installLogger(options: LoggerOptions = {}): void {
  const { level = 'INFO', shutdownSignals = [] } = options;
  const format = options.format ?? defaultFormat();
  keepSecretsOf(process.env);
  const logger = new DefaultLogger(level, (entry) => {
    if (isNoise(entry)) return;
    process.stderr.write(`${redact(format === 'json' ? toJson(entry) : toLine(entry))}\n`);
  });
  Runtime.install({
    logger,
    shutdownSignals,
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}

function defaultFormat(): LogFormat {
  const wanted = process.env['BEATREEL_LOG'];
  if (wanted === 'json' || wanted === 'pretty') return wanted;
  return process.stderr.isTTY ? 'pretty' : 'json';
}

/** What every start of nine single-purpose workers says, and what says nothing about a video. */
function isNoise({ message, meta }: LogEntry): boolean {
  if (meta?.['sdkComponent'] !== 'worker') return false;
  return /not polling for|^Worker state changed/.test(message);
}

function toJson(entry: LogEntry): string {
  const { level, message, timestampNanos } = entry;
  const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
  return printableJson({ time, level, message, ...toFields(entry) }, replaceUnwritable);
}

function toLine(entry: LogEntry): string {
  const time = new Date(Number(entry.timestampNanos / 1_000_000n)).toISOString().slice(11, 23);
  const fields = Object.entries(toFields(entry))
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `${name}=${typeof value === 'string' ? capText(value) : JSON.stringify(value, replaceUnwritable)}`,
    );
  return printable([time, entry.level.padEnd(5), capText(entry.message), ...fields].join(' '));
}

/** Temporal's own names become ours; what identifies an attempt stays for whoever looks it up. */
function toFields({ meta = {} }: LogEntry): Record<string, unknown> {
  const { workflowId, activityId, activityType, attempt, error, taskQueue, ...rest } = meta;
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !hidden.has(name)));
  return {
    ...(workflowId === undefined ? {} : { videoId: workflowId as string }),
    ...describeUnit(typeof activityId === 'string' ? activityId : ''),
    ...(activityType === undefined ? {} : { activity: activityType as string }),
    ...(attempt === undefined ? {} : { attempt: attempt as number }),
    ...(taskQueue === undefined ? {} : { queue: taskQueue as string }),
    ...own,
    ...(error === undefined ? {} : { error }),
  };
}

const hidden = new Set([
  'namespace',
  'runId',
  'workflowType',
  'isLocal',
  'sdkComponent',
  'taskToken',
  'activityTaskToken',
  'durationMs',
]);

function replaceUnwritable(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return capText(value);
  return value instanceof Error ? { name: value.name, message: capText(value.message) } : value;
}
