import { Dice5, Lock, LockOpen } from 'lucide-react'
import { useState } from 'react'
import type { Scene, SeedPolicy } from '../../../shared/model.ts'
import { walkedSeed } from '../../../shared/seed-walk.ts'
import { registry } from '../../commands/registry.ts'
import { rollSceneSeed, toggleSeedLock } from '../../commands/scene-actions.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { run } from '../../state/requests.ts'
import { listText, madeSeed, parseSeed, scenesSharingSeed, seedValue } from '../../state/seeds.ts'
import { padNumber, takesOf } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { PolicyDetails, PolicyMenu } from './seed-policy.tsx'
import { ReuseMenu } from './seed-reuse.tsx'

/** How many scenes with the same seed are named. */
const NAMED = 8

/** The seed the next take is made with, as far as that is certain. */
function nextSeed(board: OpenBoard, { id, seed }: Scene): number | null {
  return seed.kind === 'walk' ? walkedSeed(seed, takesOf(board.view, id).length) : seedValue(board.view, seed)
}

/** One sentence on what the next take's seed will be. */
function explanation(board: OpenBoard, scene: Scene): string {
  const { seed } = scene
  switch (seed.kind) {
    case 'locked': {
      const shared = scenesSharingSeed(board.scenes, scene.id).map((each) => padNumber(each.number))
      if (shared.length === 0) return 'The same seed for every take.'
      const more = shared.length > NAMED ? [...shared.slice(0, NAMED), `${shared.length - NAMED} more`] : shared
      return `Shared with ${shared.length === 1 ? 'scene' : 'scenes'} ${listText(more)}.`
    }
    case 'random': {
      const made = madeSeed(board.view, scene)
      return made === null ? 'Drawn for each take and kept with it.' : `Drawn for each take. The last one had ${made}.`
    }
    case 'walk': {
      const by = seed.step < 0 ? `${-seed.step} less` : seed.step === 1 ? 'one more' : `${seed.step} more`
      return `The next take has ${nextSeed(board, scene)}, each later one ${by}. Neighbouring seeds look no more alike than others.`
    }
    case 'scene': {
      const source = board.view.scenes.get(seed.sceneId)
      if (!source) return 'The scene it came from is gone. Choose another seed.'
      const value = seedValue(board.view, seed)
      const from = `Follows the pick of scene ${padNumber(source.number)}, or its latest take`
      return value === null ? `${from}, once there is one.` : `${from}: ${value} now.`
    }
  }
}

/** The seed of a scene: typed, locked, rolled, walked, or taken from another scene. */
export function SeedControl({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const [typed, setTyped] = useState<string | null>(null)
  const { seed } = scene
  const set = (next: SeedPolicy) => {
    setTyped(null)
    run('scene.update', { sceneId: scene.id, patch: { seed: next } })
  }
  const input = typed === null || typed.trim() === '' ? null : parseSeed(typed)
  const error = input && !input.ok ? input.message : null
  const value = nextSeed(board, scene)
  const finish = () => {
    if (input?.ok && !(seed.kind === 'locked' && seed.value === input.value))
      set({ kind: 'locked', value: input.value })
    else if (!error) setTyped(null)
  }
  const locked = seed.kind === 'locked'

  return (
    <section className="section" aria-label="Seed">
      <div className="section-label">
        <span>Seed</span>
        <PolicyMenu board={board} scene={scene} onSet={set} />
      </div>
      <div className="row seed-row">
        <span className="text-field grow num seed-field">
          <input
            aria-label="Seed"
            aria-invalid={error !== null}
            aria-describedby="seed-note"
            inputMode="numeric"
            autoComplete="off"
            placeholder={seed.kind === 'scene' ? 'Not known yet' : 'Random'}
            value={typed ?? (value === null ? '' : String(value))}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={finish}
            onKeyDown={(event) => {
              if (event.key === 'Enter') finish()
              if (event.key === 'Escape') setTyped(null)
            }}
          />
        </span>
        <IconButton
          label={locked ? 'Unlock seed' : 'Lock seed'}
          keys={registry.keysOf('seed.lock')}
          on={locked}
          accent={locked}
          aria-pressed={locked}
          icon={locked ? <Lock size={16} /> : <LockOpen size={16} />}
          onClick={() => toggleSeedLock(scene)}
        />
        <IconButton
          label="Roll a new seed"
          keys={registry.keysOf('seed.roll')}
          icon={<Dice5 size={16} />}
          onClick={() => rollSceneSeed(scene)}
        />
        <ReuseMenu board={board} scene={scene} onSet={set} />
      </div>
      <PolicyDetails board={board} scene={scene} onSet={set} />
      <p id="seed-note" className={error ? 'field-note error' : 'field-note'} role={error ? 'alert' : undefined}>
        {error ?? explanation(board, scene)}
      </p>
    </section>
  )
}
