// The import rules: what each kind of file may know. Every rule says why it is there.

/** Files of a role: server/<module>/<name>.<role>.ts @param {string} roles */
const role = (roles) => `^server/[^/]+/[^/]+\\.(${roles})\\.ts$`;
const TEST = '\\.test\\.tsx?$|^test/';
/**
 * Modules whose files without a role are the pure domain, but for those that keep rooms alive or make things up.
 * (recording/ and media/ hold the machinery that moves bytes.)
 */
const DOMAIN =
  '^server/(room|participant|attendance|chat|calendar|timetable)/(?!(live-rooms?|room-times|room-reading|entrance|identifiers|demo)\\.)[^/.]+\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that import each other in a circle cannot be read, tested or changed one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere fails only when the line is reached.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'contract-knows-zod-only',
      comment: 'The contract is shared with the client: whatever it imports, every browser downloads.',
      severity: 'error',
      from: { path: '^server/contract/', pathNot: TEST },
      to: { pathNot: '^server/contract/|^node_modules/zod/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain decides without waiting: with no I/O, clock or randomness in reach, a room is never seen half changed.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TEST },
      to: { pathNot: `^server/contract/|^server/facts\\.ts$|^server/trace/trace\\.ts$|${DOMAIN}|^node_modules/(zod|luxon|@types/luxon)/` },
    },
    {
      name: 'service-knows-no-technique',
      comment: 'A service is read for what happens, not for how; sockets, HTTP, SQL and the media engine come to it as ports and stores.',
      severity: 'error',
      from: { path: role('service'), pathNot: TEST },
      to: {
        // The types of edge/session.ts are how a service is told who speaks.
        dependencyTypesNot: ['type-only'],
        path: '^server/(adapters|edge|app[a-z-]*\\.ts|database/(open|sqlite|migrations))|^node_modules/(express|socket\\.io|kysely|pg|better-sqlite3|mediasoup)/',
      },
    },
    {
      name: 'store-knows-the-database-only',
      comment: 'A store turns rows into values and back; a decision in it would be one that no test of the domain sees.',
      severity: 'error',
      from: { path: role('store'), pathNot: TEST },
      to: { path: `${role('service|socket|http')}|^server/(adapters|edge|app[a-z-]*\\.ts)|^node_modules/(express|socket\\.io|mediasoup)/` },
    },
    {
      name: 'store-belongs-to-its-module',
      comment: 'Each table has one owner; a second reader would have to be found at every change of the table.',
      severity: 'error',
      from: { path: '^server/([^/]+)/', pathNot: TEST },
      to: { path: '\\.store\\.ts$', pathNot: '^server/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'edge-file-knows-its-own-service',
      comment: "Requests go down into one module; what they need of another, that module's service asks for.",
      severity: 'error',
      from: { path: '^server/([^/]+)/[^/]+\\.(socket|http)\\.ts$', pathNot: TEST },
      to: { path: '\\.(service|store)\\.ts$', pathNot: '^server/$1/[^/]+\\.service\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'edge-file-knows-no-technique-below',
      comment: 'Sockets and HTTP are one way in; what lies below the service is none of their business.',
      severity: 'error',
      from: { path: role('socket|http'), pathNot: TEST },
      to: { path: '^server/(adapters|app[a-z-]*\\.ts|database/)|^node_modules/(kysely|pg|better-sqlite3|mediasoup)/' },
    },
    {
      name: 'only-app-builds-adapters',
      comment: 'One file says what runs on what; an adapter imported elsewhere cannot be exchanged.',
      severity: 'error',
      from: { path: '^server/', pathNot: `^server/(app[a-z-]*|demo|fill-demo)\\.ts$|^server/adapters/|${TEST}` },
      to: { path: '^server/adapters/' },
    },
    {
      name: 'mediasoup-in-its-adapter-only',
      comment: 'All that mediasoup can change from release to release is found in one folder.',
      severity: 'error',
      from: { path: '^server/', pathNot: `^server/adapters/mediasoup/|${TEST}` },
      to: { path: '^node_modules/mediasoup/' },
    },
    {
      name: 'server-without-client',
      comment: 'The server runs where the client was never built.',
      severity: 'error',
      from: { path: '^server/', pathNot: TEST },
      to: { path: '^client/' },
    },
    {
      name: 'server-without-development-packages',
      comment: 'A production install leaves development packages out.',
      severity: 'error',
      from: { path: '^server/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'client-knows-the-contract-only',
      comment: 'Whatever of the server a client file imports, every browser downloads.',
      severity: 'error',
      from: { path: '^client/', pathNot: TEST },
      to: { path: '^(server|config|test)/', pathNot: '^server/contract/' },
    },
    {
      name: 'client-asks-by-group',
      comment: 'The whole list of routes holds the schema of every answer: a page loads only the calls it makes.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/contract/http\\.ts$' },
    },
    {
      name: 'client-core-without-react',
      comment:
        'Session, media and the player engine outlive what is drawn, and are tested without drawing. (A file named use… is the bridge.)',
      severity: 'error',
      from: { path: '^client/(session|media|player/engine)/', pathNot: `/use[A-Z][^/]*\\.tsx?$|${TEST}` },
      to: { path: '^node_modules/(@types/)?(react|react-dom|react-aria-components|react-router|@tanstack/react-query)/|\\.tsx$' },
    },
    {
      name: 'ui-knows-no-classroom',
      comment: 'Buttons and dialogs serve every page only as long as they know none.',
      severity: 'error',
      from: { path: '^client/ui/', pathNot: TEST },
      to: { path: '^server/|^client/', pathNot: '^client/(ui|i18n)/' },
    },
    {
      name: 'product-without-tests',
      comment: "What only tests need must not be needed to run; a module's own test support stays in test/.",
      severity: 'error',
      from: { path: '^(server|client|config)/', pathNot: TEST },
      to: { path: '^test/|\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|json|svg|woff2)$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
