/**
 * `npm run bench`: measures and writes tests/bench/RESULTS.md. Figures that depend on the machine are given as ratios
 * within one run; nothing here is asserted.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { present } from '../../shared/assert.ts'
import { measureBatch, SCALE } from './batch.ts'
import { measureBoard, SPEEDS } from './board.ts'
import { measureDownload } from './download.ts'
import { measureDurablePath } from './durable-path.ts'
import { measureLibrary } from './library.ts'
import { measureReview } from './review.ts'

if (!globalThis.gc) {
  // Heap figures mean little without a collection first.
  const { status } = spawnSync(process.execPath, ['--expose-gc', import.meta.filename], { stdio: 'inherit' })
  process.exit(status ?? 1)
}

const library = await measureLibrary()
const download = await measureDownload()
const batch = await measureBatch()
const durable = await measureDurablePath()
const board = await measureBoard()
const review = await measureReview()

const fixed = (value: number, digits = 2) => value.toFixed(digits)
const durableRows: readonly (readonly [string, string, string])[] = durable
  ? [
      [
        'Syncs to disk per paid take, from reservation to clip',
        fixed(durable.syncsPerTake, 1),
        'no more than promises',
      ],
      [
        "Of those in the database's log, in the submission journal, and for the clip",
        [durable.logPerTake, durable.journalPerTake, durable.clipPerTake].map((n) => fixed(n, 1)).join(', '),
        '',
      ],
      ['Milliseconds in syncs per paid take, on this disk', fixed(durable.syncMsPerTake, 1), 'far below a second'],
    ]
  : [['Syncs to disk per paid take', 'not measured: strace is not available', '']]
const syncRows: readonly (readonly [string, string, string])[] = review.sync
  ? [
      [
        'Four clips of 1080p in sync: pictures of the screen on which all show the same frame',
        `${fixed((100 * review.sync.alike) / review.sync.compared, 1)} % of ${review.sync.compared}`,
        'most',
      ],
      [
        'Of those, the most frames apart; frames of the leading clip never shown',
        `${review.sync.worst}; ${review.sync.dropped}`,
        '1; few',
      ],
    ]
  : [['Four clips of 1080p in sync', 'not measured: ffmpeg is not installed to make them', '']]
const rows: readonly (readonly [string, string, string])[] = [
  ['Makespan of 60 scenes at concurrency 12, over the ideal list schedule', `${fixed(batch.ratio, 3)}`, '1.05 or less'],
  ['API requests per clip, everything counted', fixed(batch.requestsPerClip), 'a handful'],
  ['Polls per clip', fixed(batch.pollsPerClip), 'a handful'],
  [
    'End at the service to file on disk, median (real seconds)',
    fixed((batch.noticeMedianMs * SCALE) / 1000, 1),
    'a few seconds',
  ],
  ['The same, worst of 60', fixed((batch.noticeWorstMs * SCALE) / 1000, 1), ''],
  [
    `Throughput of a durable ${download.megabytes} MB download, over a plain stream to a file`,
    fixed(download.throughputRatio),
    'near 1',
  ],
  [`Heap with ${library.takes} takes in the library, over an empty one (MB)`, fixed(library.idleHeapMb, 1), 'flat'],
  ['Heap while a client holds the whole project (MB)', fixed(library.snapshotHeapMb, 1), ''],
  ...durableRows,
  [
    `Window to interactive board with ${board.scenes} scenes and ${board.takes} takes, median of five (ms)`,
    fixed(board.interactiveMs, 0),
    'under 1000',
  ],
  ...SPEEDS.map((pixels, at): readonly [string, string, string] => [
    `Scrolling that board from end to end at ${pixels} pixels a frame: longest frame, and the usual one (ms)`,
    `${fixed(present(board.longestFrameMs[at], 'one for each'), 0)}; ${fixed(present(board.usualFrameMs[at], 'one for each'), 0)}`,
    at === 0 ? 'none over 50' : '',
  ]),
  ['Scripting for each key typed into a prompt of it (ms)', fixed(board.scriptMsPerKey, 1), 'under 16'],
  ['Behind after four seconds of 1,000 events a second (ms)', fixed(board.behindMs, 0), 'not falling behind'],
  [
    'From the key to the picture of its frame on screen, median and worst of 120 (ms)',
    `${fixed(review.seekMedianMs, 0)}, ${fixed(review.seekWorstMs, 0)}`,
    'a few frames',
  ],
  ['Poster and filmstrip, for each clip (ms)', fixed(review.stripMs, 0), 'cheap'],
  ...syncRows,
  [`The review room of ${review.clips} clips, to its first picture (ms)`, fixed(review.roomMs, 0), 'immediate'],
  [
    `Heap of the page after stepping through all ${review.clips}, over that after fifty (MB)`,
    fixed(review.grownMb, 1),
    'flat',
  ],
  ["The studio's first JavaScript, gzipped (kB)", fixed(board.initialKb, 0), 'under 350'],
]
const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
const text = `# Bench figures

Written by \`npm run bench\` on ${cpus().length} cores, Node ${process.versions.node}. The fake service answers on loopback from a
process of its own. In the batch, latencies are 60 to 150 real seconds and everything about time, the engine's pace of
polling included, is scaled down ${SCALE} times; a first batch of twelve has taught the engine the model's times.
The board is scrolled in a Chromium that no test driver listens to; both draw in software, the studio's service runs on the same
cores, and a figure is the median of five runs.

| figure | value | target |
|---|---|---|
${table}
`
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text)
process.stdout.write(text)
