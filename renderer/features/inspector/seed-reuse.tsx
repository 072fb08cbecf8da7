import { ChevronDown, Dice5, Lock, Sprout, Star } from 'lucide-react'
import type { Scene, SeedPolicy } from '../../../shared/model.ts'
import { exploreSeeds } from '../../commands/seed-commands.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { madeSeed } from '../../state/seeds.ts'
import { bankSeeds, recentSeeds } from '../../state/seed-sources.ts'
import { padNumber } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'

/** How many scenes before and after are offered, so that the menu of a long board stays usable. */
const NEARBY = 20
const MOST_RECENT = 6
const MOST_SAVED = 12

interface Props {
  readonly board: OpenBoard
  readonly scene: Scene
  onSet(seed: SeedPolicy): void
}

export const sceneName = (scene: Scene): string => `${padNumber(scene.number)} ${scene.title}`.trim()

/** The scenes about this one whose seed it may follow. */
const nearbyScenes = (board: OpenBoard, scene: Scene): readonly Scene[] =>
  board.scenes.filter((each) => each.id !== scene.id && Math.abs(each.position - scene.position) <= NEARBY)

/** The scenes a seed may follow, as choices of a menu. */
export function SceneChoices({ board, scene, onSet }: Props) {
  return nearbyScenes(board, scene).map((each) => (
    <MenuChoice
      key={each.id}
      checked={scene.seed.kind === 'scene' && scene.seed.sceneId === each.id}
      onClick={() => onSet({ kind: 'scene', sceneId: each.id })}
    >
      {sceneName(each)}
    </MenuChoice>
  ))
}

function Items({ board, scene, onSet }: Props) {
  const { view } = board
  const lock = (value: number) => onSet({ kind: 'locked', value })
  const made = nearbyScenes(board, scene).flatMap((each) => {
    const value = madeSeed(view, each)
    return value === null ? [] : [{ scene: each, value }]
  })
  const own = madeSeed(view, scene)
  const saved = bankSeeds(view).slice(0, MOST_SAVED)
  const recent = recentSeeds(view, MOST_RECENT)
  return (
    <>
      {own !== null && (
        <MenuItem icon={<Lock size={14} />} hint={own} onClick={() => lock(own)}>
          Of this scene
        </MenuItem>
      )}
      {saved.length > 0 && (
        <MenuGroup label="From the seed bank">
          {saved.map((each) => (
            <MenuItem key={each.id} icon={<Star size={14} />} hint={each.seed} onClick={() => lock(each.seed)}>
              {each.name || each.character || 'Saved seed'}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {recent.length > 0 && (
        <MenuGroup label="Used lately">
          {recent.map((each) => (
            <MenuItem key={each.seed} hint={each.seed} onClick={() => lock(each.seed)}>
              Take {each.slate}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {(own !== null || saved.length + recent.length > 0) && <MenuSeparator />}
      <MenuItem icon={<Dice5 size={14} />} onClick={() => onSet({ kind: 'random' })}>
        A new one for every take
      </MenuItem>
      <MenuItem icon={<Sprout size={14} />} onClick={() => exploreSeeds(scene.id)}>
        Try several…
      </MenuItem>
      {made.length > 0 && (
        <MenuGroup label="Lock to the seed of">
          {made.map((each) => (
            <MenuItem key={each.scene.id} hint={each.value} onClick={() => lock(each.value)}>
              {sceneName(each.scene)}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {board.scenes.length > 1 && (
        <MenuGroup label="Always the same as">
          <SceneChoices board={board} scene={scene} onSet={onSet} />
        </MenuGroup>
      )}
    </>
  )
}

/** Seeds that are there already: of this scene and others, of late, and those put aside. */
export function ReuseMenu(props: Props) {
  return (
    <Menu
      trigger={
        <Button aria-label="Reuse a seed">
          Reuse
          <ChevronDown size={14} className="t3" />
        </Button>
      }
    >
      <Items {...props} />
    </Menu>
  )
}
