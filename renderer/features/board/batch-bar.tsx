import { AtSign, Copy, Dice5, Film, Lock, LockOpen, Trash2, X } from 'lucide-react'
import type { ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Scene } from '../../../shared/model.ts'
import { registry } from '../../commands/registry.ts'
import { rehearse, setReferences, setSeeds } from '../../commands/scene-actions.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { madeSeed, rollSeed } from '../../state/seeds.ts'
import { selectAll } from '../../state/selection.ts'
import { castNames, padNumber } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { ParamsButton } from './batch-params.tsx'

/** The seeds that are already in use among the chosen scenes, each once, with the scene it comes from. */
function knownSeeds(board: OpenBoard, chosen: readonly Scene[]): readonly { seed: number; from: Scene }[] {
  const known = new Map<number, Scene>()
  for (const scene of chosen) {
    const seed = scene.seed.kind === 'locked' ? scene.seed.value : madeSeed(board.view, scene)
    if (seed !== null && !known.has(seed)) known.set(seed, scene)
  }
  return [...known].map(([seed, from]) => ({ seed, from }))
}

/** Which of the cast the chosen scenes send. */
function CastMenu({ cast, chosen }: { cast: Cast; chosen: readonly Scene[] }) {
  const same = (ids: readonly ReferenceId[] | null) =>
    chosen.every((scene) => (scene.references ?? []).join() === (ids ?? []).join() && !scene.references === !ids)
  const choice = (label: string, ids: readonly ReferenceId[] | null) => (
    <MenuChoice key={label} checked={same(ids)} onClick={() => void setReferences(chosen, ids && [...ids])}>
      {label}
    </MenuChoice>
  )
  const all = cast.references.map(({ id }) => id)
  return (
    <Menu
      trigger={
        <Button look="ghost" aria-label="Cast of the selected scenes" icon={<AtSign size={16} />}>
          <span className="wide-only">Cast</span>
        </Button>
      }
    >
      <MenuGroup label="References to send">
        {choice('As each prompt mentions', null)}
        {choice('The whole cast', all)}
        {castNames(cast).map((name) =>
          choice(
            `Only ${name}`,
            cast.references.filter((reference) => reference.name === name).map(({ id }) => id),
          ),
        )}
      </MenuGroup>
    </Menu>
  )
}

/** Takes the place of the board's header while several scenes are chosen. */
export function BatchBar({ board, chosen }: { board: OpenBoard; chosen: readonly Scene[] }) {
  const ids = chosen.map((scene) => scene.id)
  const seconds = chosen.reduce((sum, scene) => sum + scene.duration, 0)
  const seeds = knownSeeds(board, chosen).slice(0, 6)
  const all = chosen.length === board.scenes.length

  return (
    <div className="view-header batch-bar" role="toolbar" aria-label="Chosen scenes">
      <Checkbox
        label={all ? 'Choose none' : 'Choose every scene'}
        checked={all}
        mixed={!all}
        onChange={() =>
          all ? registry.run('scene.deselect') : useUi.setState(selectAll(board.scenes.map((scene) => scene.id)))
        }
      />
      <h1 className="num">{chosen.length} selected</h1>
      <span className="t3 c12 num">{seconds} s</span>
      <span className="grow" />
      <ParamsButton board={board} chosen={chosen} />
      {board.cast && <CastMenu cast={board.cast} chosen={chosen} />}
      <Menu
        trigger={
          <Button look="ghost" aria-label="Seed of the selected scenes" icon={<Lock size={16} />}>
            <span className="wide-only">Seed</span>
          </Button>
        }
      >
        {seeds.length > 0 && (
          <>
            <MenuGroup label="Lock all to one seed">
              {seeds.map(({ seed, from }) => (
                <MenuItem
                  key={seed}
                  hint={`Scene ${padNumber(from.number)}`}
                  onClick={() => void setSeeds(chosen, { kind: 'locked', value: seed })}
                >
                  <span className="num">{seed}</span>
                </MenuItem>
              ))}
            </MenuGroup>
            <MenuSeparator />
          </>
        )}
        <MenuItem
          icon={<Dice5 size={14} />}
          onClick={() => void setSeeds(chosen, { kind: 'locked', value: rollSeed() })}
        >
          Lock all to a new seed
        </MenuItem>
        <MenuItem icon={<LockOpen size={14} />} onClick={() => void setSeeds(chosen, { kind: 'random' })}>
          Draw one for each take
        </MenuItem>
      </Menu>
      <Button look="ghost" aria-label="Rehearse selected" icon={<Film size={16} />} onClick={() => void rehearse(ids)}>
        <span className="wide-only">Rehearse</span>
      </Button>
      <Button
        look="ghost"
        aria-label="Duplicate selected"
        icon={<Copy size={16} />}
        onClick={() => registry.run('scene.duplicate')}
      >
        <span className="wide-only">Duplicate</span>
      </Button>
      <Button
        look="ghost"
        aria-label="Delete selected"
        icon={<Trash2 size={16} />}
        onClick={() => registry.run('scene.remove')}
      >
        <span className="wide-only">Delete</span>
      </Button>
      <span className="separator" />
      <IconButton
        label="Clear selection"
        keys="Escape"
        icon={<X size={16} />}
        onClick={() => registry.run('scene.deselect')}
      />
    </div>
  )
}
