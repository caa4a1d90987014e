/** domain ← workflows ← activities; domain, storage ← activities, client ← workers; workers/dev serves development alone. */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^domain/(?!schemas/)' },
      to: { pathNot: '^domain/(?!schemas/)' },
    },
    {
      name: 'schemas-import-domain-zod-and-yaml',
      comment: 'They check what others write: briefs, manifests, and the catalogue, which is YAML.',
      severity: 'error',
      from: { path: '^domain/schemas/' },
      to: { pathNot: ['^domain/', 'node_modules/(zod|yaml)/'] },
    },
    {
      name: 'workflow-code-stays-in-the-sandbox',
      comment: 'Types apart, nothing but the domain and Temporal’s own packages: no Node, no zod.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        pathNot: ['^workflows/', '^domain/(?!schemas/)', 'node_modules/@temporalio/(workflow|common)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'storage-knows-the-domain-alone',
      severity: 'error',
      from: { path: '^storage/' },
      to: { path: '^(workflows|activities|client|workers|tests)/' },
    },
    {
      name: 'activities-know-domain-and-storage',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(workflows|client|workers|tests)/' },
    },
    {
      name: 'client-knows-workflows-and-storage',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(activities|workers|tests)/' },
    },
    {
      name: 'only-media-spawns-programs',
      severity: 'error',
      from: { path: '^(activities|storage)/', pathNot: '^activities/media/' },
      to: { path: ['node_modules/execa/', '^(node:)?child_process$'] },
    },
    {
      name: 'hosts-do-not-know-each-other',
      severity: 'error',
      from: { path: '^activities/providers/([^/]+)/' },
      to: { path: '^activities/providers/([^/]+)/', pathNot: '^activities/providers/$1/' },
    },
    {
      name: 'hosts-know-no-planner',
      severity: 'error',
      from: { path: '^activities/providers/' },
      to: { path: '^activities/planning/' },
    },
    {
      name: 'ledger-knows-neither-webhooks-nor-accounts',
      severity: 'error',
      from: { path: '^activities/ledger/' },
      to: { path: '^activities/(webhooks|account)/' },
    },
    {
      name: 'accounts-know-no-ledger',
      severity: 'error',
      from: { path: '^activities/account/' },
      to: { path: '^activities/ledger/' },
    },
    {
      name: 'production-knows-no-development',
      severity: 'error',
      from: { path: '^(domain|workflows|activities|storage|client|workers/(?!dev/))' },
      to: { path: '^workers/dev/' },
    },
    {
      name: 'workers-know-no-command-line',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^client/cli/' },
    },
    {
      name: 'product-code-knows-no-tests',
      severity: 'error',
      from: { path: '^(domain|workflows|activities|storage|client|workers)/' },
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
      from: { path: '^(domain|workflows|activities|storage|client|workers)/' },
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
