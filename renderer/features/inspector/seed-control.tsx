import { ChevronDown, Dice5, Footprints, Link2, Lock, LockOpen } from 'lucide-react'
import { useState } from 'react'
import type { Scene, SeedPolicy } from '../../../shared/model.ts'
import { rollSceneSeed, toggleSeedLock } from '../../commands/scene-actions.ts'
import { registry } from '../../commands/registry.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { run } from '../../state/requests.ts'
import { listText, madeSeed, parseSeed, scenesSharingSeed, seedValue } from '../../state/seeds.ts'
import { padNumber } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'

/** How many scenes before and after are offered. */
const NEARBY = 20

const nameOf = (scene: Scene) => `${padNumber(scene.number)} ${scene.title}`.trim()

/** One sentence on what the next take's seed will be. */
function explanation(board: OpenBoard, scene: Scene): string {
  const { seed } = scene
  switch (seed.kind) {
    case 'locked': {
      const shared = scenesSharingSeed(board.scenes, scene.id).map((each) => padNumber(each.number))
      if (shared.length === 0) return 'The same seed for every take.'
      return `Shared with ${shared.length === 1 ? 'scene' : 'scenes'} ${listText(shared)}.`
    }
    case 'random': {
      const made = madeSeed(board.view, scene)
      return made === null ? 'Drawn for each take and kept with it.' : `Drawn for each take. The last one had ${made}.`
    }
    case 'walk': {
      const by = seed.step === 1 ? 'one more' : `${seed.step} more`
      return `Starts at ${seed.start}; every take has ${by}. Neighbouring seeds look no more alike than others.`
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

function ReuseMenu({ board, scene, onSet }: { board: OpenBoard; scene: Scene; onSet(seed: SeedPolicy): void }) {
  // The nearest ones, so that the menu of a long board stays usable.
  const others = board.scenes.filter(
    (each) => each.id !== scene.id && Math.abs(each.position - scene.position) <= NEARBY,
  )
  const made = others.flatMap((each) => {
    const value = madeSeed(board.view, each)
    return value === null ? [] : [{ scene: each, value }]
  })
  const own = madeSeed(board.view, scene)
  return (
    <Menu
      trigger={
        <Button aria-label="Reuse a seed">
          Reuse
          <ChevronDown size={14} className="t3" />
        </Button>
      }
    >
      {own !== null && (
        <MenuItem icon={<Lock size={14} />} hint={own} onClick={() => onSet({ kind: 'locked', value: own })}>
          Of this scene
        </MenuItem>
      )}
      {made.length > 0 && (
        <MenuGroup label="Lock to the seed of">
          {made.map((each) => (
            <MenuItem
              key={each.scene.id}
              hint={each.value}
              onClick={() => onSet({ kind: 'locked', value: each.value })}
            >
              {nameOf(each.scene)}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {others.length > 0 && (
        <MenuGroup label="Always the same as">
          {others.map((each) => (
            <MenuChoice
              key={each.id}
              checked={scene.seed.kind === 'scene' && scene.seed.sceneId === each.id}
              onClick={() => onSet({ kind: 'scene', sceneId: each.id })}
            >
              {nameOf(each)}
            </MenuChoice>
          ))}
        </MenuGroup>
      )}
      <MenuSeparator />
      <MenuItem icon={<Dice5 size={14} />} onClick={() => onSet({ kind: 'random' })}>
        A new one for every take
      </MenuItem>
    </Menu>
  )
}

const STATE = {
  locked: { Icon: Lock, text: 'Locked' },
  random: { Icon: LockOpen, text: 'Random' },
  walk: { Icon: Footprints, text: 'Walking' },
  scene: { Icon: Link2, text: 'Linked' },
}

/** The seed of a scene: typed, locked, rolled, or taken from another scene. */
export function SeedControl({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const [typed, setTyped] = useState<string | null>(null)
  const { seed } = scene
  const set = (next: SeedPolicy) => {
    setTyped(null)
    run('scene.update', { sceneId: scene.id, patch: { seed: next } })
  }
  const input = typed === null || typed.trim() === '' ? null : parseSeed(typed)
  const error = input && !input.ok ? input.message : null
  const finish = () => {
    if (input?.ok && !(seed.kind === 'locked' && seed.value === input.value))
      set({ kind: 'locked', value: input.value })
    else if (!error) setTyped(null)
  }
  const value = seedValue(board.view, seed)
  const { Icon, text } = STATE[seed.kind]
  const locked = seed.kind === 'locked'

  return (
    <section className="section" aria-label="Seed">
      <div className="section-label">
        <span>Seed</span>
        <span className={locked ? 'seed-state acc' : 'seed-state'}>
          <Icon size={12} aria-hidden />
          {text}
        </span>
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
      <p id="seed-note" className={error ? 'field-note error' : 'field-note'} role={error ? 'alert' : undefined}>
        {error ?? explanation(board, scene)}
      </p>
    </section>
  )
}
