import './seeds.css'
import { Bookmark, Dices, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { rollSeed } from '../../state/seeds.ts'
import { plural } from '../../state/selectors.ts'
import { playTake, showView, useUi } from '../../state/ui-store.ts'
import { exploreSeeds } from '../../commands/seed-commands.ts'
import { addScene } from '../../commands/scene-actions.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { AddSeed } from './add-seed.tsx'
import { Bank } from './bank.tsx'
import { CellMenu } from './cell-menu.tsx'
import { type Place, placeKey } from './grid-keys.ts'
import { type Column, matrixOf, type Mode, savedBySeed, shownTake } from './matrix.ts'
import { MatrixGrid } from './matrix-grid.tsx'
import { SeedPanel } from './panel.tsx'
import { PromoteDialog } from './promote-dialog.tsx'
import { Strip } from './strip.tsx'
import { changeTrial, useTrial, withCells } from './trial.ts'

const MODE_OPTIONS: readonly { value: Mode; label: string }[] = [
  { value: 'all', label: 'All takes' },
  { value: 'best', label: 'Best per cell' },
  { value: 'picks', label: 'Picks' },
]

/** The takes of the latest trial, while they are there. */
function exploredTakes({ view }: OpenBoard, takeIds: readonly Take['id'][]): readonly Take[] {
  return takeIds.flatMap((id) => view.takes.get(id) ?? [])
}

function useMatrix(board: OpenBoard, added: readonly number[]) {
  const { view, scenes } = board
  const { takesByScene, savedSeeds } = view
  const explored = useUi((ui) => ui.explored)
  const scene = scenes.find(({ id }) => id === explored?.sceneId) ?? null
  const takes = explored && scene ? exploredTakes(board, explored.takeIds) : []
  const pinned = takes.map(({ request }) => request.seed).join()
  const matrix = useMemo(
    () => matrixOf({ takesByScene, savedSeeds }, scenes, added, pinned === '' ? [] : pinned.split(',').map(Number)),
    [takesByScene, savedSeeds, scenes, added, pinned],
  )
  return { matrix, strip: scene && takes.length > 0 ? { scene, takes } : null }
}

const unused = (board: OpenBoard, seed: number): Column => ({
  seed,
  saved: savedBySeed(board.view).get(seed) ?? null,
  scenes: 0,
  lockedOn: 0,
  pinned: false,
})

function Screen({ board }: { board: OpenBoard }) {
  const { view, scenes } = board
  const paid = view.project.provider !== 'rehearsal'
  const { added, chosen, mode, wanted } = useTrial(board.storyboard.id)
  const change = (what: Parameters<typeof changeTrial>[1]) => changeTrial(board.storyboard.id, what)
  const setWanted = (place: Place) => change(() => ({ wanted: place }))
  const [bank, setBank] = useState(false)
  const [menu, setMenu] = useState<{ place: Place & { sceneId: SceneId }; point: { x: number; y: number } } | null>(
    null,
  )
  const [menuOpen, setMenuOpen] = useState(false)
  const [promoting, setPromoting] = useState<Take | null>(null)
  const { matrix, strip } = useMatrix(board, added)

  // A seed of the bank may be shown beside the bank without being in the matrix.
  const seed = wanted?.seed ?? matrix.columns[0]?.seed ?? null
  const column =
    seed === null
      ? null
      : (matrix.columns.find((each) => each.seed === seed) ??
        (bank ? unused(board, seed) : (matrix.columns[0] ?? null)))
  const at = scenes.find(({ id }) => id === wanted?.sceneId) ?? null
  const current: Place | null = column && {
    sceneId: wanted ? (at?.id ?? null) : (scenes[0]?.id ?? null),
    seed: column.seed,
  }
  const here = current?.sceneId ? (scenes.find(({ id }) => id === current.sceneId) ?? null) : null
  const takesHere = here && column ? matrix.takesAt(here.id, column.seed) : []
  const take = here && shownTake(takesHere, here.pickTakeId, mode)

  const toggle = (cells: readonly { sceneId: SceneId; seed: number }[], on: boolean) =>
    change((trial) => ({ chosen: withCells(trial.chosen, cells, on) }))
  const press = (place: Place, by: 'key' | 'click' | 'double') => {
    setWanted(place)
    const scene = scenes.find(({ id }) => id === place.sceneId)
    if (!scene) return
    const takes = matrix.takesAt(scene.id, place.seed)
    const shown = shownTake(takes, scene.pickTakeId, mode)
    if (takes.length === 0) {
      if (by !== 'double') toggle([{ sceneId: scene.id, seed: place.seed }], !chosen.has(placeKey(place)))
    } else if (by !== 'click' && shown?.phase === 'ready') playTake(shown.id)
  }
  const show = (place: Place) => {
    setBank(false)
    setWanted(place)
  }
  const add = (next: number) => {
    change((trial) => ({ added: [...trial.added.filter((each) => each !== next), next] }))
    show({ sceneId: here?.id ?? scenes[0]?.id ?? null, seed: next })
  }
  const promoted = promoting && (view.takes.get(promoting.id) ?? promoting)
  const promotedScene = promoted && view.scenes.get(promoted.sceneId)
  const menuScene = menu && view.scenes.get(menu.place.sceneId)
  const menuTakes = menu ? matrix.takesAt(menu.place.sceneId, menu.place.seed) : []

  return (
    <main className="seeds-screen">
      <section className="panel" aria-label="Seeds">
        <div className="view-header">
          <h1>{bank ? 'Seed bank' : 'Seeds'}</h1>
          <span className="t3 c12 num ell">
            {bank
              ? plural(view.savedSeeds.size, 'saved seed')
              : `${plural(matrix.columns.length, 'seed')} across ${plural(scenes.length, 'scene')}`}
          </span>
          <span className="grow" />
          {!bank && (
            <Segmented
              label="What cells show"
              value={mode}
              options={MODE_OPTIONS}
              onChange={(next) => change(() => ({ mode: next }))}
            />
          )}
          <Button
            className="bank-toggle"
            aria-pressed={bank}
            icon={<Bookmark size={16} />}
            onClick={() => setBank(!bank)}
          >
            <span className="bank-word">Bank</span>
            <span className="num t3">{view.savedSeeds.size}</span>
          </Button>
          <AddSeed saved={[...view.savedSeeds.values()]} onAdd={add} />
        </div>
        {bank ? (
          <Bank
            board={board}
            seed={column?.seed ?? null}
            onChoose={(next) => setWanted({ sceneId: null, seed: next })}
            onShow={add}
          />
        ) : (
          <>
            {strip && (
              <Strip
                scene={strip.scene}
                takes={strip.takes}
                onShow={(each) => show({ sceneId: strip.scene.id, seed: each.request.seed })}
                onPromote={setPromoting}
              />
            )}
            {current ? (
              <MatrixGrid
                matrix={matrix}
                scenes={scenes}
                mode={mode}
                paid={paid}
                chosen={chosen}
                current={current}
                onMove={setWanted}
                onPress={press}
                onMenu={(place, point) => {
                  setWanted(place)
                  if (place.sceneId === null) return
                  setMenu({ place: { sceneId: place.sceneId, seed: place.seed }, point })
                  setMenuOpen(true)
                }}
              />
            ) : (
              <EmptyState
                picture={<Drawn kind="cells" />}
                title="No seeds yet"
                text="Every take has a seed. Add one to run it on several scenes, or try several on one scene and keep the best."
              >
                <Button look="primary" size="large" icon={<Plus size={16} />} onClick={() => add(rollSeed())}>
                  Roll a seed
                </Button>
                <Button size="large" icon={<Dices size={16} />} onClick={() => scenes[0] && exploreSeeds(scenes[0].id)}>
                  Try several on scene {scenes[0]?.number}
                </Button>
              </EmptyState>
            )}
          </>
        )}
      </section>
      {column ? (
        <SeedPanel
          board={board}
          matrix={matrix}
          column={column}
          at={here}
          take={take}
          chosen={chosen}
          isChosen={(sceneId) => chosen.has(placeKey({ sceneId, seed: column.seed }))}
          onToggle={(ids, on) =>
            toggle(
              ids.map((sceneId) => ({ sceneId, seed: column.seed })),
              on,
            )
          }
          onClear={() => change(() => ({ chosen: new Map() }))}
          onPromote={setPromoting}
        />
      ) : (
        <aside className="panel" aria-label="Seed" />
      )}
      {menu && menuScene && (
        <CellMenu
          point={menuOpen ? menu.point : null}
          scene={menuScene}
          seed={menu.place.seed}
          takes={menuTakes}
          take={shownTake(menuTakes, menuScene.pickTakeId, mode)}
          onClose={() => setMenuOpen(false)}
          onPromote={setPromoting}
        />
      )}
      {promoted && promotedScene && (
        <PromoteDialog board={board} scene={promotedScene} take={promoted} onClose={() => setPromoting(null)} />
      )}
    </main>
  )
}

/** Scenes against seeds: what each seed gave, and what it would cost on the others. */
export default function SeedsView() {
  const board = useBoard()
  if (!board) return <main className="panel" aria-busy="true" aria-label="Seeds" />
  if (board.scenes.length === 0)
    return (
      <main className="panel" aria-label="Seeds">
        <EmptyState
          picture={<Drawn kind="cells" />}
          title="No scenes to try seeds on"
          text="Seeds are tried on scenes. Add one to the board first."
        >
          <Button
            look="primary"
            size="large"
            icon={<Plus size={16} />}
            onClick={() => {
              showView('board')
              void addScene()
            }}
          >
            Add a scene
          </Button>
        </EmptyState>
      </main>
    )
  return <Screen key={board.storyboard.id} board={board} />
}
