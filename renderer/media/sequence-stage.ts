import { createDeck, type DeckElements } from './sequence-deck.ts'
import { createSequence, type Sequence, type SequenceOptions } from './sequence-player.ts'

const elementsOf = (root: HTMLElement): DeckElements | null => {
  const [video, still] = [root.querySelector('video'), root.querySelector('img')]
  return video && still ? { root, video, still } : null
}

/** A sequence that plays in two decks of the page. */
export interface StagedSequence extends Sequence {
  /** To be called when the speed changed: from then on it moves with the pictures of the screen until it stands. */
  wake(): void
}

/**
 * Plays in the two decks of a stage until `stop`.
 * @param stage holds two elements of class `deck`, each with a video and an image
 * @param speed as told by `onSpeed`
 * @returns null when the stage has no decks
 */
export function playOn(
  stage: HTMLElement,
  options: Omit<SequenceOptions, 'decks' | 'now'> & { speed(): number },
): StagedSequence | null {
  const roots = [...stage.querySelectorAll<HTMLElement>('.deck')]
  const [first, second] = roots.map(elementsOf)
  if (!first || !second) return null
  const now = () => performance.now()
  const raise = (up: DeckElements, down: DeckElements) => () => {
    up.root.dataset['front'] = 'true'
    down.root.dataset['front'] = 'false'
  }
  const sequence = createSequence({
    ...options,
    decks: [createDeck(first, now, raise(first, second)), createDeck(second, now, raise(second, first))],
    now,
  })
  let request: number | null = null
  const turn = () => {
    sequence.tick()
    request = options.speed() === 0 ? null : requestAnimationFrame(turn)
  }
  return {
    ...sequence,
    wake() {
      if (options.speed() !== 0) request ??= requestAnimationFrame(turn)
    },
    stop() {
      if (request !== null) cancelAnimationFrame(request)
      sequence.stop()
      for (const { video } of [first, second]) {
        video.removeAttribute('src')
        video.load()
      }
    },
  }
}
