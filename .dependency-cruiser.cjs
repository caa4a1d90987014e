/** The layers, as a rule a tool enforces: client → workflows ← activities ← workers. */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment: 'The nouns and the pure arithmetic depend on nobody.',
      severity: 'error',
      from: { path: '^workflows/domain/' },
      to: { pathNot: '^workflows/domain/' },
    },
    {
      name: 'workflow-code-stays-in-the-sandbox',
      comment:
        'Workflows import activities by type only; no Node, no zod, nothing but Temporal’s own packages.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '^workflows/contract/' },
      to: {
        pathNot: ['^workflows/(?!contract/)', 'node_modules/@temporalio/(workflow|common)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'contract-imports-domain-zod-and-yaml',
      comment: 'It checks what others write: briefs, manifests, and the catalogue, which is YAML.',
      severity: 'error',
      from: { path: '^workflows/contract/' },
      to: { pathNot: ['^workflows/(domain|contract)/', 'node_modules/(zod|yaml)/'] },
    },
    {
      name: 'activities-know-no-workers-and-no-client',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(workers|client|tests)/' },
    },
    {
      name: 'activities-know-the-domain-and-the-contract',
      comment: 'Activities never call workflow code.',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^workflows/(?!domain/|contract/)' },
    },
    {
      name: 'client-knows-workflows-and-the-bucket',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: ['^workers/', '^tests/', '^activities/(?!storage/)'] },
    },
    {
      name: 'only-media-spawns-programs',
      severity: 'error',
      from: { path: '^activities/', pathNot: '^activities/media/' },
      to: { path: ['node_modules/execa/', '^(node:)?child_process$'] },
    },
    {
      name: 'hosts-do-not-know-each-other',
      severity: 'error',
      from: { path: '^activities/providers/([^/]+)/' },
      to: { path: '^activities/providers/([^/]+)/', pathNot: '^activities/providers/$1/' },
    },
    {
      name: 'product-code-knows-no-tests',
      severity: 'error',
      from: { path: '^(workflows|activities|workers|client)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^(workflows|activities|workers|client)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^(dist|out|\\.beatreel)/' },
  },
};
