import { describe, expect, it } from 'vitest'
import { createPictureSeeker, type SeekableVideo } from '../../renderer/media/seek.ts'

const FRAME = 1 / 24
const middle = (frame: number) => (frame + 0.5) * FRAME

/** A video whose pictures and events come when the test says so. */
function stage() {
  let callbacks: VideoFrameRequestCallback[] = []
  const events = new EventTarget()
  const video = {
    currentTime: 0,
    requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => callbacks.push(callback),
    cancelVideoFrameCallback: () => void (callbacks = []),
    addEventListener: events.addEventListener.bind(events),
  } as unknown as SeekableVideo
  return {
    video,
    present(frame: number): void {
      const now = callbacks
      callbacks = []
      for (const callback of now) callback(0, { mediaTime: frame * FRAME } as VideoFrameCallbackMetadata)
    },
    tell: (name: string) => void events.dispatchEvent(new Event(name)),
  }
}

/** What a seek came to so far. */
function followed(promise: Promise<boolean>) {
  const state: { came: boolean | null } = { came: null }
  void promise.then((came) => (state.came = came))
  return state
}
const soon = () => new Promise((done) => setImmediate(done))

describe('going to a picture', () => {
  it('waits for the picture after the seek, and not for one that was on its way before', async () => {
    const { video, present, tell } = stage()
    const seek = followed(createPictureSeeker(video).to(middle(0), FRAME))
    expect(video.currentTime).toBe(middle(0))
    present(2)
    tell('seeked')
    await soon()
    expect(seek.came).toBeNull()
    present(0)
    await soon()
    expect(seek.came).toBe(true)
  })

  it('takes a picture of a playing video that comes late for what it is', async () => {
    const { video, present, tell } = stage()
    const seek = followed(createPictureSeeker(video).to(middle(0), FRAME))
    tell('seeked')
    present(3)
    await soon()
    expect(seek.came).toBeNull()
    present(0)
    await soon()
    expect(seek.came).toBe(true)
  })

  it('is there when the picture came before it was told', async () => {
    const { video, present, tell } = stage()
    const seek = createPictureSeeker(video).to(middle(7), FRAME)
    present(7)
    tell('seeked')
    expect(await seek).toBe(true)
  })

  it('is there although nothing new is shown when that picture was on screen already', async () => {
    const { video, present, tell } = stage()
    const seeker = createPictureSeeker(video)
    present(5)
    const seek = seeker.to(middle(5), FRAME)
    tell('seeked')
    expect(await seek).toBe(true)
  })

  it.each(['error', 'emptied'])('fails on %s', async (name) => {
    const { video, tell } = stage()
    const seek = createPictureSeeker(video).to(middle(5), FRAME)
    tell(name)
    expect(await seek).toBe(false)
  })

  it('fails when it is given up or closed', async () => {
    const { video } = stage()
    const seeker = createPictureSeeker(video)
    const given = new AbortController()
    const up = seeker.to(middle(5), FRAME, given.signal)
    given.abort()
    expect(await up).toBe(false)
    const closed = seeker.to(middle(5), FRAME)
    seeker.close()
    expect(await closed).toBe(false)
    expect(await seeker.to(middle(6), FRAME)).toBe(false)
  })

  it('tells of every picture', () => {
    const { video, present } = stage()
    const seen: number[] = []
    createPictureSeeker(video, (mediaTime) => seen.push(Math.round(mediaTime * 24)))
    present(1)
    present(2)
    expect(seen).toEqual([1, 2])
  })
})
