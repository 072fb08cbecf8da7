import { useEffect, useState } from 'react'
import type { Sha256 } from '../../../shared/ids.ts'
import { imageUrl } from '../../state/media.ts'
import { factsOf, type PictureFacts, SAMPLE } from './quality.ts'

/** What was found out of a picture; `unreadable` when it is gone or damaged. */
export type Found = PictureFacts | 'unreadable'

/** Content never changes under its hash, so each picture is looked at once. */
const known = new Map<Sha256, Found>()
const asked = new Map<Sha256, Promise<Found | null>>()

/** Draws a picture at `SAMPLE` size on grey, and reads its pixels. @throws DOMException for what is no picture */
async function sampleOf(blob: Blob): Promise<PictureFacts> {
  const bitmap = await createImageBitmap(blob, {
    resizeWidth: SAMPLE.width,
    resizeHeight: SAMPLE.height,
    resizeQuality: 'high',
  })
  const brush = new OffscreenCanvas(SAMPLE.width, SAMPLE.height).getContext('2d', { willReadFrequently: true })
  if (!brush) throw new DOMException('There is no canvas to draw on.')
  brush.fillStyle = '#808080'
  brush.fillRect(0, 0, SAMPLE.width, SAMPLE.height)
  brush.drawImage(bitmap, 0, 0)
  bitmap.close()
  return factsOf(brush.getImageData(0, 0, SAMPLE.width, SAMPLE.height).data)
}

/** Null when the studio could not be reached: that says nothing of the picture. */
async function look(sha256: Sha256): Promise<Found | null> {
  const reply = await fetch(imageUrl(sha256)).catch(() => null)
  if (reply === null || reply.status >= 500) return null
  if (!reply.ok) return 'unreadable'
  const blob = await reply.blob().catch(() => null)
  return blob && sampleOf(blob).catch(() => 'unreadable' as const)
}

async function find(sha256: Sha256): Promise<void> {
  const answer = asked.get(sha256) ?? look(sha256)
  asked.set(sha256, answer)
  const found = await answer
  asked.delete(sha256)
  if (found !== null) known.set(sha256, found)
}

/** What is known of pictures; looks at those nobody has looked at, one after the other. */
export function usePictureFacts(pictures: readonly Sha256[]): ReadonlyMap<Sha256, Found> {
  const [, setTurn] = useState(0)
  const key = pictures.join()
  useEffect(() => {
    let current = true
    void (async () => {
      for (const sha256 of key.split(',').filter((each) => each !== '') as Sha256[]) {
        if (!current) return
        if (known.has(sha256)) continue
        await find(sha256)
        if (current) setTurn((turn) => turn + 1)
      }
    })()
    return () => {
      current = false
    }
  }, [key])
  return known
}
