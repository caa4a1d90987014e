/** How much later, in milliseconds, npm's copy of a signal may come on a busy machine. */
const echoMs = 1_000;

/**
 * Calls `handle` for each of these signals, but once for one key press: `npm run` and `npx` send Ctrl-C on to their
 * program, which has had it from the terminal already (`signal-manager.js` of `@npmcli/run-script`). Without that the
 * second one would end a program in the middle of its tidying.
 *
 * @returns takes the handlers away
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
