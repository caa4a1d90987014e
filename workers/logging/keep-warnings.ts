import { format } from 'node:util';

import { readLogFormat } from './log-format.ts';

/** Takes a warning of Node or a library. Such warnings are for developers, not for operators. */
export type TellWarning = (message: string) => void;

const early: string[] = [];
let tell: TellWarning = (message) => early.push(message);

/** Hands over all warnings so far, and those from now on. */
export function tellWarningsTo(teller: TellWarning): void {
  tell = teller;
  for (const said of early.splice(0)) tell(said);
}

/*
 * Programs that log import this first, because a library may warn while it is loaded. With JSON lines nothing else is
 * written: neither Node's own warnings nor a library's console output.
 */
if (readLogFormat() === 'json') {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    tell(`${warning.name}: ${warning.message}`);
  });
  for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const)
    // eslint-disable-next-line no-console -- libraries write there, and we take it from them
    console[method] = (...words: unknown[]) => {
      tell(format(...words));
    };
}
