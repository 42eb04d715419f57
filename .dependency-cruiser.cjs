/** The walls of the house. A rule is a sentence; its comment is what a contributor reads when it breaks. */
const inside = (path) => `^packages/${path}`
const tests = '\\.test\\.tsx?$|/src/testing/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment: 'A package not declared, or a path not exported, is not there.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circle-of-files',
      severity: 'error',
      comment: 'Two files that need each other are one file, or hide a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circle-of-folders',
      severity: 'error',
      comment: 'A root holds only a roof: what a folder imports lies below it.',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'the-domain-is-pure',
      severity: 'error',
      comment: 'identity-center imports nothing but node:crypto, which computes and touches nothing.',
      from: { path: inside('identity-center/src'), pathNot: tests },
      to: { pathNot: [inside('identity-center/src'), '^(node:)?crypto$'] },
    },
    {
      name: 'wire-knows-no-service',
      severity: 'error',
      comment: 'wire reads models; it knows no product word.',
      from: { path: inside('wire/src') },
      to: { path: inside('(?!wire/)') },
    },
    {
      name: 'services-are-neighbours-not-friends',
      severity: 'error',
      comment: 'One service never imports another; what both need is domain or store.',
      from: { path: inside('server/src/services/([^/]+)/') },
      to: { path: inside('server/src/services/[^/]+/'), pathNot: inside('server/src/services/$1/') },
    },
    {
      name: 'services-know-no-page',
      severity: 'error',
      comment: 'Operations do not know who shows them.',
      from: { path: inside('server/src/services/') },
      to: { path: inside('server/src/(web|scim)/') },
    },
    {
      name: 'one-way-in',
      severity: 'error',
      comment: 'Pages and SCIM reach operations through services.ts alone, so none skips authorize and audit.',
      from: { path: inside('server/src/(web|scim)/') },
      to: { path: inside('server/src/services/'), pathNot: 'services/services\\.ts$' },
    },
    {
      name: 'the-machine-is-at-the-edge',
      severity: 'error',
      comment: 'Only cli/src/machine (and the two hot paths, a file each) touches the computer.',
      from: { path: inside('cli/src/'), pathNot: [inside('cli/src/(machine|hot|hot-sealed)/'), tests] },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|path)$' },
    },
    {
      name: 'only-the-store-knows-sql',
      severity: 'error',
      comment: 'kysely, better-sqlite3 and pg live in store.',
      from: { path: '^packages/', pathNot: inside('store/') },
      to: { path: 'node_modules/(kysely|better-sqlite3|pg)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist', tests] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx'],
    },
  },
}
