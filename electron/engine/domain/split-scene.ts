import type { Scene } from '../../../shared/model.ts'
import { DURATION } from '../../../shared/models/happyhorse-1.1-r2v.ts'

type Half = Pick<Scene, 'prompt' | 'duration'>

const within = (seconds: number) => Math.min(DURATION.max, Math.max(DURATION.min, seconds))

/** True between the two halves of one character, such as an emoji. */
const isInsidePair = (text: string, at: number) => {
  const low = text.charCodeAt(at)
  return at > 0 && at < text.length && low >= 0xdc00 && low <= 0xdfff
}

/**
 * Cuts a prompt in two at a character and shares the seconds out by the length of the halves, each within what the model
 * makes: a scene of less than twice the shortest take becomes longer. Null when one of the halves would say nothing.
 * @param at offset in UTF-16 units, as the caret of a text field has it
 */
export function splitScene({ prompt, duration }: Half, at: number): readonly [Half, Half] | null {
  const cut = isInsidePair(prompt, at) ? at - 1 : at
  const [first, second] = [prompt.slice(0, cut).trim(), prompt.slice(cut).trim()]
  if (first === '' || second === '') return null
  const share = Math.round((duration * first.length) / (first.length + second.length))
  const seconds = within(Math.min(share, duration - DURATION.min))
  return [
    { prompt: first, duration: seconds },
    { prompt: second, duration: within(duration - seconds) },
  ]
}
