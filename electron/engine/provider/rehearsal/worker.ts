import type * as H264 from 'h264-mp4-encoder'
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import {
  FRAME_RATE,
  type ClipJob,
  type ClipResult,
  type RenderResult,
  type WorkerReply,
  type WorkerRequest,
} from './jobs.ts'
import { repackage } from './mp4.ts'
import { openClip, paintStill } from './painter/picture.ts'
import { registerFonts } from './painter/type.ts'

// The encoder is CommonJS wrapped by a bundler, which hides its named exports from `import`.
const { createH264MP4Encoder } = createRequire(import.meta.url)('h264-mp4-encoder') as typeof H264

/** Half-size pictures at these settings stay clean and cost about 4 ms a frame. */
const SPEED = 10
const QUANTIZER = 24

async function renderClip(job: ClipJob): Promise<ClipResult> {
  const start = performance.now()
  const paint = await openClip(job)
  const encoder = await createH264MP4Encoder()
  let file: Uint8Array
  try {
    Object.assign(encoder, {
      width: job.width,
      height: job.height,
      frameRate: FRAME_RATE,
      speed: SPEED,
      quantizationParameter: QUANTIZER,
      groupOfPictures: FRAME_RATE,
    })
    encoder.initialize()
    for (let frame = 0; frame < job.duration * FRAME_RATE; frame++) {
      encoder.addFrameRgba(paint(frame))
      // Canvas memory is only given back between turns of the event loop: a whole clip in one turn holds every frame.
      if (frame % 4 === 3) await setImmediate()
    }
    encoder.finalize()
    file = await repackage(encoder.FS.readFile(encoder.outputFilename))
    encoder.FS.unlink(encoder.outputFilename)
  } finally {
    encoder.delete()
  }
  publish(job.outFile, file)
  const sha256 = createHash('sha256').update(file).digest('hex')
  return { kind: 'clip', bytes: file.length, sha256, renderMs: Math.round(performance.now() - start) }
}

/** Writes, syncs and only then names the file, so that a clip by its name is always whole. */
function publish(path: string, bytes: Uint8Array): void {
  const draft = `${path}.tmp`
  const handle = openSync(draft, 'w')
  try {
    let written = 0
    while (written < bytes.length) written += writeSync(handle, bytes, written)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, path)
}

async function render({ job }: WorkerRequest): Promise<RenderResult> {
  return job.kind === 'clip' ? renderClip(job) : { kind: 'still', picture: await paintStill(job) }
}

registerFonts((workerData as { resourcesDir: string | null }).resourcesDir)
parentPort?.on('message', (request: WorkerRequest) => {
  const answer = (reply: WorkerReply) => parentPort?.postMessage(reply)
  render(request).then(
    (result) => answer({ id: request.id, ok: true, result }),
    (error: unknown) =>
      answer({ id: request.id, ok: false, message: error instanceof Error ? error.message : String(error) }),
  )
})
