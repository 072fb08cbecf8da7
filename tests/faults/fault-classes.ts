/** One row of the reliability report. */
export interface Fault {
  readonly fault: string
  readonly provoked: string
  readonly files: readonly string[]
  /** A part of the names of the tests that belong to it. Default: all of the files. */
  readonly only?: string
}

const faults = (name: string) => `tests/faults/${name}.test.ts`
const engine = (name: string) => `tests/engine/${name}.test.ts`

const killedAt = (calls: string, what: string): Fault => ({
  fault: `kill -9 at ${what}`,
  provoked: `strace kills the command line as it enters its n-th \`${calls}\``,
  files: [faults('kill-sweep')],
  only: `killed at ${calls} `,
})

/** Every class of fault, in the order in which it may strike. */
export const FAULTS: readonly Fault[] = [
  killedAt('fsync,fdatasync', 'a sync'),
  killedAt('pwrite64', 'a database write'),
  killedAt('write', 'a journal write'),
  killedAt('rename', 'a rename'),
  killedAt('connect', 'a connect'),
  killedAt('writev', 'a send'),
  {
    fault: 'Power loss',
    provoked: 'order of writes, syncs and sends in a trace of a whole run',
    files: [faults('power-loss')],
  },
  {
    fault: 'Disk full',
    provoked: 'a small file system is filled before the start, before sending, as ids come back, while downloading',
    files: [faults('disk-full')],
    only: 'a full disk',
  },
  {
    fault: 'No room for one line of the journal',
    provoked: 'strace answers ENOSPC to one write or sync of it',
    files: [faults('disk-full')],
    only: 'no room for one line',
  },
  {
    fault: 'fsync EIO, once',
    provoked: 'strace answers EIO to the n-th sync',
    files: [faults('fsync-eio')],
    only: 'when sync',
  },
  {
    fault: 'fsync EIO, from then on',
    provoked: 'strace answers EIO to every sync from the n-th, then a kill',
    files: [faults('fsync-eio')],
    only: 'every sync from',
  },
  {
    fault: 'Sleep',
    provoked: 'SIGSTOP while submitting, running, downloading; a second instance meanwhile',
    files: [faults('sleep')],
    only: 'a computer that sleeps',
  },
  {
    fault: 'Two instances',
    provoked: 'a second command line on the same library, told of another service',
    files: [faults('sleep')],
    only: 'a second Takeboard',
  },
  {
    fault: 'Clock jump',
    provoked:
      'the wall clock goes ten days forward and back in each open state, with and without a restart, and past a refund',
    files: [faults('clock')],
  },
  {
    fault: 'Submission with an unknown outcome',
    provoked:
      'reset, silence, broken, oversized and foreign answers, 5xx, 3xx, 421, 408, no id, a wrong id; each recorded and not',
    files: [faults('submit')],
    only: 'outcome is not known',
  },
  {
    fault: 'Submission accepted under an error',
    provoked: 'an id under 500',
    files: [faults('submit')],
    only: 'answered with an id',
  },
  { fault: 'Submission refused', provoked: '4xx and 429', files: [faults('submit')], only: 'that is refused' },
  {
    fault: 'Submission that never left',
    provoked: 'connections refused, and reset on accept',
    files: [faults('submit')],
    only: 'never left',
  },
  {
    fault: 'Poll faults',
    provoked: 'bursts of fifty; 404, 401, 403, silence, content type, wrong id, unknown status',
    files: [faults('poll')],
    only: 'polls that go wrong',
  },
  {
    fault: 'Status backwards',
    provoked: 'another status after a terminal one',
    files: [faults('poll')],
    only: 'goes backwards',
  },
  {
    fault: 'Completed without a clip',
    provoked: 'outputs empty, objects, base64',
    files: [faults('poll')],
    only: 'made without a clip',
  },
  {
    fault: 'Download faults',
    provoked:
      'cut, short, slow, silent, huge, empty, HTML, changed ETag, ignored and wrong ranges, 416, 5xx, a restart',
    files: [faults('download')],
    only: 'a download that goes wrong',
  },
  {
    fault: 'Clip gone',
    provoked: '403, 404, 410, expired addresses',
    files: [faults('download')],
    only: 'does not hand out',
  },
  {
    fault: 'Redirect out',
    provoked: 'to files, private and mapped addresses, plain http, at the first and the second hop',
    files: [faults('download')],
    only: 'out of the public network',
  },
  {
    fault: 'Library damaged, deleted or old',
    provoked: 'truncated, overwritten and removed files; kills during backup and restore',
    files: [
      faults('recovery'),
      faults('recovery-backups'),
      faults('recovery-journal'),
      faults('recovery-kill'),
      faults('recovery-news'),
      faults('recovery-passports'),
    ],
  },
  {
    fault: 'Random sequences of all of it',
    provoked: 'model-based runs of the engine with crashes at named points, checked after every step',
    files: [faults('model'), faults('model-findings')],
  },
  {
    fault: 'Hostile neighbours',
    provoked: 'a canary key looked for in every file; planted paths, pages and origins',
    files: [faults('security'), faults('security-canary')],
  },
  {
    fault: 'The same at the provider',
    provoked: 'each hostile answer to the client alone',
    files: [engine('provider-submit'), engine('provider-poll'), engine('provider-clip')],
  },
  {
    fault: 'Money and cap',
    provoked: 'batches, refusals, refunds and overage through the engine, the store and the command line',
    files: [engine('faults'), engine('batch'), engine('budget'), engine('store'), engine('cli-paid')],
  },
]
