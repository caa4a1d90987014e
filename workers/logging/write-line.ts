import { redact } from '../../activities/runtime/secrets.ts';
import { printableJson, printableLines } from '../../client/terminal/printable.ts';
import { type LogLevel, readLogFormat } from './log-format.ts';

/** Writes one sentence to standard error, in the format of the log, before a logger is installed or after its end. */
export function writeLine(level: LogLevel, message: string): void {
  const text = redact(message);
  const line =
    readLogFormat() === 'json'
      ? printableJson({ time: new Date().toISOString(), level, message: text })
      : printableLines(text);
  process.stderr.write(`${line}\n`);
}
