/** Who may import whom: config -> ingest -> evidence -> rules -> gate -> reports, with shared ground below and the command line on top. */
const layers = {
  domain: [],
  text: ['domain'],
  statistics: ['domain'],
  documents: ['domain'],
  wording: ['domain'],
  config: ['domain', 'documents'],
  engine: ['domain'],
  ingest: ['domain', 'documents', 'config', 'engine', 'text'],
  evidence: ['domain', 'statistics', 'text', 'engine'],
  rules: ['domain', 'documents', 'wording', 'statistics', 'evidence', 'ingest'],
  gate: ['domain'],
  report: ['domain', 'documents', 'wording', 'statistics', 'engine', 'evidence', 'ingest', 'rules', 'gate'],
};

const shared = '^src/(errors|did-you-mean|shipped-files|version)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(layers).map(([folder, allowed]) => ({
      name: `${folder}-imports-only-what-lies-below`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: [`^src/(${[folder, ...allowed].join('|')})/`, shared] },
    })),
    {
      name: 'only-the-command-line-uses-commander-and-chalk',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/(commander|chalk)/' },
    },
    {
      name: 'only-the-engine-uses-duckdb',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/duckdb/' },
      to: { path: 'node_modules/@duckdb/' },
    },
    {
      name: 'the-engine-port-hides-the-engine',
      comment: 'Only the composition roots choose an engine; everything else knows the port.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine/|(count-inputs|print-queries)\\.ts$)' },
      to: { path: '^src/engine/', pathNot: '^src/engine/count-source\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
