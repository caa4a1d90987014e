/**
 * Loaded into a process with `--import`: lets a test throw outside every promise, as a defect in a callback would.
 */
process.on('SIGUSR2', () => {
  setImmediate(() => {
    throw new Error('A defect of the test');
  });
});
