/** The longest delay of npm's copy of a signal on a busy machine, in milliseconds. */
const echoMs = 1_000;

/**
 * Calls `handle` for each of these signals, but once for one key press: `npm run` and `npx` pass Ctrl-C on to their
 * program, which already got it from the terminal (`signal-manager.js` of `@npmcli/run-script`). Otherwise the second
 * one would end a program in the middle of its clean-up.
 *
 * @returns a function that removes the handlers
 */
export function onSignals(
  signals: readonly NodeJS.Signals[],
  handle: (signal: NodeJS.Signals) => void,
): () => void {
  let lastMs = -Infinity;
  const listen = (signal: NodeJS.Signals) => {
    const isEcho = performance.now() - lastMs < echoMs;
    if (isEcho) return;
    lastMs = performance.now();
    handle(signal);
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}
