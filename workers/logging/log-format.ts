import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/** The format of log lines: one JSON object a line, or a short line for a person at a terminal. */
export type LogFormat = 'json' | 'pretty';

/** All levels, from the most talkative to the quietest. */
export const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** The importance of a line; a WARN means that an operator should look. */
export type LogLevel = (typeof logLevels)[number];

/** Reads `BEATREEL_LOG`; without it `pretty` on a terminal and `json` elsewhere. */
export function readLogFormat(): LogFormat {
  const wanted = process.env['BEATREEL_LOG'];
  if (wanted === 'json' || wanted === 'pretty') return wanted;
  return process.stderr.isTTY ? 'pretty' : 'json';
}

/**
 * Reads `BEATREEL_LOG_LEVEL`, in upper or lower case; `WARNING` is `WARN`.
 *
 * @param usual the level without the variable
 * @throws BeatreelFailure InvalidRequest naming the variable and the rule
 */
export function readLogLevel(usual: LogLevel): LogLevel {
  const text = process.env['BEATREEL_LOG_LEVEL']?.trim() ?? '';
  if (text === '') return usual;
  const level = text.toUpperCase() === 'WARNING' ? 'WARN' : text.toUpperCase();
  const known = logLevels.find((each) => each === level);
  if (known) return known;
  const problem = `BEATREEL_LOG_LEVEL is "${text}": one of ${logLevels.join(', ')}.`;
  throw new BeatreelFailure(failureTypes.invalidRequest, problem);
}

/** Whether a line of this level is written when the least level is `least`. */
export function isLoud(level: string, least: LogLevel): boolean {
  return logLevels.indexOf(level as LogLevel) >= logLevels.indexOf(least);
}
