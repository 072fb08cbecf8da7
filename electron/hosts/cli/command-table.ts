/** One option of the command line. Every option means the same in every command that takes it. */
export interface OptionSpec {
  /** What stands for the value in the help; null for a switch. */
  readonly value: string | null
  readonly help: string
}

export const OPTIONS = {
  library: { value: 'DIR', help: "the library folder (default: the platform's data folder)" },
  storyboard: { value: 'NAME', help: 'the storyboard of the project (needed when it has several)' },
  project: { value: 'NAME', help: "the project (default: the board's title)" },
  json: { value: null, help: 'one JSON document on stdout, progress on stderr' },
  quiet: { value: null, help: 'say only what went wrong' },
  help: { value: null, help: 'this text' },
  version: { value: null, help: 'the version of Takeboard' },
  provider: { value: 'NAME', help: 'rehearsal (free, the default) or wavespeed (paid)' },
  cap: { value: 'USD', help: "set the project's spending cap; nothing past it is ever sent" },
  takes: { value: 'N', help: 'ready takes wanted for each scene (default 1)' },
  scenes: { value: 'LIST', help: 'only these scenes, such as 1,3-5,12A' },
  resolution: { value: 'R', help: "720p or 1080p for every scene, instead of the scene's own" },
  concurrency: { value: 'N', help: 'jobs at the service at once' },
  timeout: { value: 'SECONDS', help: 'stop waiting and exit 6; jobs go on and the next run picks them up' },
  yes: { value: null, help: 'do not ask before spending' },
  port: { value: 'N', help: 'the port on this machine (default: a free one)' },
  'no-open': { value: null, help: 'do not open a browser' },
  charged: { value: null, help: 'the service charged for it: count the price as spent' },
  'not-charged': { value: null, help: 'the service did not charge: give the reserved price back' },
  prediction: { value: 'ID', help: 'this job at the service is the take: follow it' },
  format: { value: 'F', help: 'the format to write' },
  out: { value: 'PATH', help: 'the file to write' },
  repair: { value: null, help: 'first put right what can be put right safely; spends nothing' },
  'read-only': { value: null, help: 'only look at the library; another Takeboard may work with it meanwhile' },
  live: { value: null, help: 'also compare model and prices with the service; needs a key, spends nothing' },
} as const satisfies Record<string, OptionSpec>

export type OptionName = keyof typeof OPTIONS

interface CommandSpec {
  readonly name: string
  /** Positional arguments as the help shows them. */
  readonly usage: string
  /** How many positional arguments there may be. */
  readonly positionals: { readonly min: number; readonly max: number }
  readonly summary: string
  readonly options: readonly OptionName[]
  readonly notes?: string
}

const COMMON = ['library', 'project', 'json', 'quiet', 'help'] as const

export const COMMANDS = [
  {
    name: 'open',
    usage: '[BOARD]',
    positionals: { min: 0, max: 1 },
    summary: 'open the desktop app, or the studio in a browser where the app cannot run',
    options: ['read-only', ...COMMON],
    notes: [
      'Without BOARD: the project last worked on, or the sample in an empty library.',
      'With --read-only nothing is changed or sent, and no BOARD may be named.',
    ].join('\n'),
  },
  {
    name: 'serve',
    usage: '[BOARD]',
    positionals: { min: 0, max: 1 },
    summary: 'serve the studio to a browser on this machine; prints its one-time address',
    options: ['port', 'no-open', 'read-only', ...COMMON],
    notes: [
      'Runs until Ctrl-C. On a terminal, Enter prints a fresh address.',
      'With --read-only nothing is changed or sent, and no BOARD may be named.',
    ].join('\n'),
  },
  {
    name: 'estimate',
    usage: 'BOARD',
    positionals: { min: 1, max: 1 },
    summary: 'price a board from the price table; sends nothing and needs no key',
    options: COMMON,
  },
  {
    name: 'run',
    usage: 'BOARD',
    positionals: { min: 1, max: 1 },
    summary: 'bring every scene up to N ready takes, within the cap',
    options: ['provider', 'cap', 'takes', 'scenes', 'resolution', 'concurrency', 'timeout', 'yes', ...COMMON],
    notes: [
      'Safe to run again after any interruption: takes that are ready or under way are never bought twice.',
      'Paid runs read the key from WAVESPEED_API_KEY and need a cap. On a terminal they ask before spending.',
      'Exit codes: 0 every wanted take is ready, 2 bad input, 3 the cap held scenes back, 4 takes failed,',
      '5 a take needs attention, 6 timed out while jobs still run, 1 anything else.',
    ].join('\n'),
  },
  {
    name: 'status',
    usage: '',
    positionals: { min: 0, max: 0 },
    summary: 'open takes, holds and what needs attention',
    options: COMMON,
  },
  {
    name: 'resolve',
    usage: 'SLATE',
    positionals: { min: 1, max: 1 },
    summary: 'settle a take whose submission outcome is unknown',
    options: ['charged', 'not-charged', 'prediction', ...COMMON],
    notes:
      'Give exactly one of --charged, --not-charged and --prediction ID. The slate is scene and take, such as 12A-3.',
  },
  {
    name: 'import',
    usage: 'FILE',
    positionals: { min: 1, max: 1 },
    summary: 'add a board file or a bundle to the library',
    options: COMMON,
    notes: [
      'A board file (*.board.json) brings its project and storyboard up to it, found by their titles.',
      'A bundle (*.takeboard) comes from elsewhere: it is added beside what is there, as a project of its own or as one more',
      'storyboard of --project. Nothing is sent, no cap is raised, and no price in it is believed.',
    ].join('\n'),
  },
  {
    name: 'export',
    usage: '',
    positionals: { min: 0, max: 1 },
    summary: 'write a storyboard to hand on, or the ledger',
    options: ['format', 'storyboard', 'out', ...COMMON],
    notes: [
      'Formats:',
      '  bundle  a storyboard with its cast images in one file, PATH.takeboard',
      '  board   a board file, PATH.board.json, with the images in a folder cast beside it',
      '  ledger  CSV: double-entry lines with the balances after each, of --project or of every project',
    ].join('\n'),
  },
  {
    name: 'doctor',
    usage: '',
    positionals: { min: 0, max: 0 },
    summary: 'check database, clips against their hashes, key, provider and free disk',
    options: ['live', 'repair', ...COMMON],
    notes: [
      'With --live every difference between this version and the service is a line of its own: parameters, ranges,',
      'defaults, and the prices of 3, 5, 10 and 15 s. What would be refused is a problem, the rest a warning.',
      'With --repair missing passports are written, clips without a take are given back to theirs, and part files of',
      'finished takes are removed, before everything is checked. No clip is deleted and nothing is sent.',
      'Exit codes: 0 nothing wrong, 5 a take needs attention, 1 a problem was found.',
    ].join('\n'),
  },
] as const satisfies readonly CommandSpec[]

export type CommandName = (typeof COMMANDS)[number]['name']
export const COMMAND_NAMES: readonly CommandName[] = COMMANDS.map(({ name }) => name)
