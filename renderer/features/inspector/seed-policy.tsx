import { Dice5, Footprints, Link2, Lock } from 'lucide-react'
import type { Scene, SeedPolicy } from '../../../shared/model.ts'
import { toggleSeedLock } from '../../commands/scene-actions.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { madeSeed, parseSeed, rollSeed, seedValue } from '../../state/seeds.ts'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { FieldMenu } from './field-menu.tsx'
import { type Entered, NumberEntry } from './number-entry.tsx'
import { SceneChoices, sceneName } from './seed-reuse.tsx'

interface Props {
  readonly board: OpenBoard
  readonly scene: Scene
  onSet(seed: SeedPolicy): void
}

const POLICIES = {
  random: { Icon: Dice5, text: 'Random', words: 'Random, drawn for each take' },
  locked: { Icon: Lock, text: 'Locked', words: 'Locked to one number' },
  walk: { Icon: Footprints, text: 'Walk', words: 'Walk, a step for each take' },
  scene: { Icon: Link2, text: 'Linked', words: 'Same as another scene' },
} as const

/** The policy a scene begins with when a kind is chosen; what is known of its seed goes on. */
function begin(kind: SeedPolicy['kind'], { board, scene }: Props): SeedPolicy | null {
  const start = () => seedValue(board.view, scene.seed) ?? madeSeed(board.view, scene) ?? rollSeed()
  switch (kind) {
    case 'random':
      return { kind }
    case 'locked':
      return { kind, value: start() }
    case 'walk':
      return { kind, start: start(), step: 1 }
    case 'scene': {
      const beside = board.scenes[scene.position - 1] ?? board.scenes.find(({ id }) => id !== scene.id)
      return beside ? { kind, sceneId: beside.id } : null
    }
  }
}

/** How the seed of the next take is found: the four policies. */
export function PolicyMenu(props: Props) {
  const { scene, board, onSet } = props
  const { Icon, text } = POLICIES[scene.seed.kind]
  const choose = (kind: SeedPolicy['kind']) => {
    if (kind === scene.seed.kind) return
    if (kind === 'locked') return toggleSeedLock(scene)
    const seed = begin(kind, props)
    if (seed) onSet(seed)
  }
  const kinds = (['random', 'locked', 'walk', 'scene'] as const).filter(
    (kind) => kind !== 'scene' || board.scenes.length > 1,
  )
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={scene.seed.kind === 'locked' ? 'label-button seed-state acc' : 'label-button seed-state'}
          aria-label={`Kind of seed: ${text}`}
        >
          <Icon size={12} aria-hidden />
          {text}
        </button>
      }
    >
      {kinds.map((kind) => (
        <MenuChoice key={kind} checked={kind === scene.seed.kind} onClick={() => choose(kind)}>
          {POLICIES[kind].words}
        </MenuChoice>
      ))}
    </Menu>
  )
}

const STEP_MOST = 1_000_000

function readStep(text: string): Entered {
  const value = /^[+-−]?\d{1,7}$/.test(text.trim()) ? Number(text.trim().replace('−', '-')) : Number.NaN
  return Math.abs(value) <= STEP_MOST
    ? { ok: true, value }
    : { ok: false, message: 'A whole number; negative to walk down.' }
}

/** What a policy needs besides its kind: where a walk begins and how far it steps, or the scene that is followed. */
export function PolicyDetails({ board, scene, onSet }: Props) {
  const { seed } = scene
  if (seed.kind === 'walk') {
    return (
      <div className="row walk-row">
        <span className="t2 c12">Start</span>
        <NumberEntry
          className="grow"
          label="First seed of the walk"
          value={seed.start}
          read={parseSeed}
          onSave={(start) => onSet({ ...seed, start })}
        />
        <span className="t2 c12">Step</span>
        <NumberEntry
          className="walk-step"
          label="Step of the walk"
          value={seed.step}
          read={readStep}
          onSave={(step) => onSet({ ...seed, step })}
        />
      </div>
    )
  }
  if (seed.kind !== 'scene') return null
  const source = board.view.scenes.get(seed.sceneId)
  return (
    <div className="setting">
      <span>Same as</span>
      <FieldMenu label="Scene whose seed is followed" value={source ? sceneName(source) : 'Choose a scene'}>
        <SceneChoices board={board} scene={scene} onSet={onSet} />
      </FieldMenu>
    </div>
  )
}
