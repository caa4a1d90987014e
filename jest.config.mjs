/** Real servers are started once for the whole run by `globalSetup` and stopped, and checked, by `globalTeardown`. */
export default {
  testEnvironment: 'node',
  // Jest would empty every global object at the end of a file, Temporal's native ones among them.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  // Ends a test that hangs; on a machine that is busy a whole video takes minutes.
  testTimeout: 600_000,
  // Most tests wait for a host or a server: three files at once keep two cores busy.
  maxWorkers: 3,
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
