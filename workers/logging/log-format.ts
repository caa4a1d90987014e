import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/** How log lines look: one JSON object a line, or a short line for a person at a terminal. */
export type LogFormat = 'json' | 'pretty';

/** From the most talkative to the quietest. */
export const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** How much a line matters; a WARN means that somebody should look. */
export type LogLevel = (typeof logLevels)[number];

/** What `BEATREEL_LOG` says; without it `pretty` on a terminal and `json` elsewhere. */
export function readLogFormat(): LogFormat {
  const wanted = process.env['BEATREEL_LOG'];
  if (wanted === 'json' || wanted === 'pretty') return wanted;
  return process.stderr.isTTY ? 'pretty' : 'json';
}

/**
 * What `BEATREEL_LOG_LEVEL` says, in upper or lower case; `WARNING` is `WARN`.
 *
 * @param usual without the variable
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

/** Whether a line of this level is written where `least` is wanted. */
export function isLoud(level: string, least: LogLevel): boolean {
  return logLevels.indexOf(level as LogLevel) >= logLevels.indexOf(least);
}
