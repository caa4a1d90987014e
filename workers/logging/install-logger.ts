import {
  DefaultLogger,
  type LogEntry,
  Runtime,
  type RuntimeOptions,
  type TelemetryOptions,
} from '@temporalio/worker';

import { capText } from '../../activities/runtime/cap-text.ts';
import { keepSecretsOf, redact } from '../../activities/runtime/secrets.ts';
import { printable, printableJson } from '../../client/terminal/printable.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { type ListenAddress, showAddress } from '../configuration/read-listen-address.ts';
import { lateBuckets, lateMetric } from '../metrics/count-purchases.ts';
import { chooseLevel } from './choose-level.ts';
import { describeUnit } from './describe-unit.ts';
import { tellWarningsTo } from './keep-warnings.ts';
import { isLoud, type LogFormat, type LogLevel, readLogFormat, readLogLevel } from './log-format.ts';

export interface LoggerOptions {
  /** Default: `pretty` on a terminal, `json` elsewhere; `BEATREEL_LOG` decides when set. */
  readonly format?: LogFormat;
  /** Default: `INFO`; `BEATREEL_LOG_LEVEL` decides when set. */
  readonly level?: LogLevel;
  /** The address on which Prometheus reads the metrics of this process. Default: not served. */
  readonly metrics?: ListenAddress | undefined;
  /** Signals on which Temporal's runtime stops the workers of this process. Default: none. */
  readonly shutdownSignals?: NodeJS.Signals[];
}

/**
 * Installs the one logger of a process: lines go to standard error, so that standard output stays the program's own.
 * Call it before any worker or connection is made.
 *
 * @throws BeatreelFailure InvalidRequest when `BEATREEL_LOG_LEVEL` is not a level, or the metrics' address is taken
 */
export function installLogger(options: LoggerOptions = {}): void {
  const { shutdownSignals = [] } = options;
  const least = readLogLevel(options.level ?? 'INFO');
  const format = options.format ?? readLogFormat();
  keepSecretsOf(process.env);
  const logger = new DefaultLogger(least, (said) => {
    const entry = { ...said, level: chooseLevel(said) };
    if (isNoise(entry) || !isLoud(entry.level, least)) return;
    process.stderr.write(`${redact(format === 'json' ? toJson(entry) : toLine(entry))}\n`);
  });
  install(options.metrics, {
    logger,
    shutdownSignals,
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...exportMetrics(options.metrics),
    },
  });
  tellWarningsTo((message) => {
    logger.info(message);
  });
}

function install(metrics: ListenAddress | undefined, options: RuntimeOptions): void {
  try {
    Runtime.install(options);
  } catch (cause) {
    if (!metrics) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = `BEATREEL_METRICS: metrics cannot be served on ${showAddress(metrics)} (${reason}).`;
    throw new BeatreelFailure(failureTypes.invalidRequest, problem, { cause });
  }
}

/** Exports metrics under Prometheus' names: counters end in `_total`, times in `_seconds`. */
function exportMetrics(address: ListenAddress | undefined): Pick<TelemetryOptions, 'metrics'> {
  if (!address) return {};
  const prometheus = {
    bindAddress: showAddress(address),
    countersTotalSuffix: true,
    unitSuffix: true,
    useSecondsForDurations: true,
    histogramBucketOverrides: { [lateMetric]: lateBuckets },
  };
  return { metrics: { attachServiceName: false, prometheus } };
}

/** Whether a line only repeats at the start of each of nine workers, or says nothing about a video. */
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

/** Renames Temporal's fields to ours; the ids of an attempt stay, so that it can be looked up. */
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
