import { createCanvas, loadImage, type Canvas, type Image } from '@napi-rs/canvas'
import { FRAME_RATE, type ClipJob, type PictureSpec, type StillJob } from '../jobs.ts'
import { createBurnIn } from './burn-in.ts'
import { composeShot } from './compose.ts'
import { vignette } from './light.ts'
import { sketch } from './sketch.ts'
import { aspectOf, prepare } from './stage.ts'

/** Units the world is raised in a clip, where the foot plate covers the lower fifth. */
const BURN_IN_LIFT = 12

/** The moment of a shot that stands for it as a still: where its movement has settled in, in seconds. */
const STILL_AT = 2

/** Of stills, 0 to 100: no artefact is seen on a card. */
const QUALITY = 88

/** Loads what can be read; a reference that cannot is null, so that numbers stay right. */
async function loadReferences(spec: PictureSpec): Promise<(Image | null)[]> {
  return Promise.all(spec.images.map(async (path) => loadImage(path).catch(() => null)))
}

/**
 * Prepares a clip and returns the function that paints a frame and hands out its pixels as RGBA rows.
 * The buffer is good until the next call.
 */
export async function openClip(job: ClipJob): Promise<(frame: number) => Uint8Array> {
  const references = await loadReferences(job)
  const paint = prepare(composeShot(job, references, job.duration), job.width, BURN_IN_LIFT)
  const burnIn = createBurnIn(job, references)
  const canvas = createCanvas(job.width, job.height)
  const pen = canvas.getContext('2d')
  return (frame) => {
    paint(pen, frame / FRAME_RATE)
    burnIn(pen, frame)
    return canvas.data()
  }
}

/** Paints one frame without burn-in as a JPEG file: a seventh of a PNG, written in a twentieth of its time. */
export async function paintStill(job: StillJob): Promise<Uint8Array> {
  return (await paintStillCanvas(job)).encode('jpeg', QUALITY)
}

async function paintStillCanvas(job: StillJob): Promise<Canvas> {
  const references = await loadReferences(job)
  const height = Math.round(job.width / aspectOf(job.aspectRatio))
  const canvas = createCanvas(job.width, height)
  const pen = canvas.getContext('2d')
  prepare(composeShot(job, references, 5), job.width)(pen, STILL_AT)
  vignette(pen, job.width, height, 0.3)
  if (job.look === 'sketch') sketch(pen, job.width, height)
  return canvas
}
