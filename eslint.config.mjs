import tseslint from 'typescript-eslint';

const size = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
};

const noDeterminismBreakers = {
  'no-restricted-globals': [
    'error',
    { name: 'process', message: 'Workflow code has no environment.' },
    { name: 'console', message: 'Use log from @temporalio/workflow.' },
    { name: 'crypto', message: 'Use uuid4 from @temporalio/workflow.' },
    { name: 'WeakRef', message: 'Collection is not deterministic.' },
    { name: 'FinalizationRegistry', message: 'Collection is not deterministic.' },
    { name: 'fetch', message: 'Workflow code touches nothing outside.' },
    { name: 'setInterval', message: 'Use sleep or condition from @temporalio/workflow.' },
    { name: 'performance', message: 'No clock but Temporal’s.' },
  ],
};

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'out', 'logs', '.beatreel', 'tests/end-to-end/consumer', 'examples'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...size,
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(Literal[value="--import"] + Literal, ImportExpression > Literal, CallExpression[callee.property.name="resolve"] > Literal)[value=/^tsx/]',
          message: 'tsx keeps its cache where anyone can write: use typescriptFlags or setup/typescript.mjs.',
        },
      ],
      eqeqeq: 'error',
    },
  },
  { files: ['workflows/**/*.ts', 'domain/*.ts'], rules: noDeterminismBreakers },
  {
    files: ['{activities,client,storage,workers}/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        {
          name: 'fetch',
          message: 'It knows no proxy: use request of undici with openDispatcher of storage/proxy.ts.',
        },
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  { files: ['workers/setup/typescript.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['*.mjs', '*.cjs', '**/*.config.mjs'], rules: { 'no-restricted-exports': 'off' } },
);
