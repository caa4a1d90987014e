import { format } from 'node:util';

import { readLogFormat } from './log-format.ts';

/** Takes what Node or a library wants to say. It is for those who develop: nobody need get up for it. */
export type TellWarning = (message: string) => void;

const early: string[] = [];
let tell: TellWarning = (message) => early.push(message);

/** Hands over what was said so far, and everything from now on. */
export function tellWarningsTo(teller: TellWarning): void {
  tell = teller;
  for (const said of early.splice(0)) tell(said);
}

/*
 * Imported before everything else by programs that log: a library may warn while it is loaded. Where lines are JSON,
 * nothing else is written: neither Node's own warnings nor what a library writes to the console.
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
