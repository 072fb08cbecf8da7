import { ChevronDown, CircleCheck, Clapperboard, Film, PencilLine, PiggyBank, RotateCcw } from 'lucide-react'
import { formatUsd } from '../../../shared/money.ts'
import { openDraftPass, openFinalPass, openFit } from '../../commands/generate-commands.ts'
import { openRerun } from '../../commands/rerun-commands.ts'
import { generateFromBoard } from '../../commands/studio-commands.ts'
import { rehearse } from '../../commands/scene-actions.ts'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { lookingOnly, obstacleTo } from '../../state/obstacle.ts'
import { DRAFT, draftPass, finalCost, passPrice } from '../../state/passes.ts'
import { useProjection } from '../../state/projection.ts'
import { meantScenes, rejectedScenes } from '../../state/rerun.ts'
import { filterOf } from '../../state/scene-state.ts'
import { plural, stateOf, totalPrice } from '../../state/selectors.ts'
import { openGenerate, useUi } from '../../state/ui-store.ts'
import { Button, SplitButton } from '../../ui/button.tsx'
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'

/** The passes over the whole board, and what there is money for. */
function Passes({ board, blocked, looking }: { board: OpenBoard; blocked: boolean; looking: boolean }) {
  const { view, scenes } = board
  const rehearsing = view.project.provider === 'rehearsal'
  const drafts = draftPass(view, scenes)
  const finals = finalCost(view, scenes)
  const rejected = rejectedScenes(view, scenes)
  const again = meantScenes(view, scenes)
  const hint = (count: number, price: string, none: string) => (count === 0 ? none : rehearsing ? 'free' : price)
  return (
    <MenuGroup label="Passes">
      <MenuItem
        icon={<PencilLine size={14} />}
        hint={hint(drafts.length, formatUsd(passPrice(drafts, DRAFT)), 'all made')}
        disabled={blocked}
        onClick={openDraftPass}
      >
        Draft pass ({drafts.length})
      </MenuItem>
      <MenuItem
        icon={<CircleCheck size={14} />}
        hint={hint(finals.scenes, formatUsd(finals.price), 'no new picks')}
        disabled={blocked}
        onClick={openFinalPass}
      >
        Final pass ({finals.scenes})
      </MenuItem>
      <MenuItem
        icon={<RotateCcw size={14} />}
        hint={hint(rejected.length, formatUsd(totalPrice(again)), 'none rejected')}
        disabled={blocked || rejected.length === 0}
        onClick={openRerun}
      >
        Re-run rejected ({again.length})
      </MenuItem>
      {!rehearsing && (
        <>
          <MenuItem
            icon={<Film size={14} />}
            hint="free"
            disabled={looking}
            onClick={() => void rehearse(scenes.map(({ id }) => id))}
          >
            Rehearse pass ({scenes.length})
          </MenuItem>
          <MenuItem icon={<PiggyBank size={14} />} onClick={openFit}>
            Fit to the budget…
          </MenuItem>
        </>
      )}
    </MenuGroup>
  )
}

/** The one filled button: what it would make, and what that costs. */
export function GenerateButton() {
  const board = useBoard()
  const selected = useUi((ui) => ui.selected)
  const runner = useProjection(({ studio }) => studio?.runner)
  // One filled button a view: the matrix of seeds has its own.
  const look = useUi((ui) => (ui.view === 'seeds' ? 'normal' : 'primary'))
  if (!board || board.scenes.length === 0) return null

  const { view, scenes } = board
  const rehearsing = view.project.provider === 'rehearsal'
  const chosen = scenes.filter((scene) => selected.has(scene.id))
  const scope = chosen.length > 1 ? chosen : scenes
  const drafts = scenes.filter((scene) => filterOf(stateOf(view, scene).name) === 'draft')
  const price = formatUsd(totalPrice(scope))
  const obstacle = obstacleTo(view, runner)
  const blocked = obstacle !== null
  const looking = lookingOnly(runner) !== null
  const ids = (list: typeof scenes) => list.map((scene) => scene.id)
  const hint = (list: typeof scenes) => (rehearsing ? 'free' : formatUsd(totalPrice(list)))

  return (
    <span className="generate">
      {rehearsing && !blocked && <span className="generate-note num">would cost {price}</span>}
      {blocked && <span className="generate-note blocked">{obstacle}</span>}
      <SplitButton>
        <Button
          look={look}
          size="large"
          className="num"
          disabled={blocked}
          icon={rehearsing ? <Film size={16} /> : <Clapperboard size={16} />}
          onClick={generateFromBoard}
        >
          {rehearsing
            ? `Rehearse ${plural(scope.length, 'scene')}`
            : `Generate ${plural(scope.length, 'scene')} · ${price}`}
        </Button>
        <Menu
          trigger={
            <Button look={look} size="large" aria-label="Choose what to generate">
              <ChevronDown size={16} />
            </Button>
          }
        >
          <MenuGroup label={rehearsing ? 'Rehearse' : 'Generate'}>
            <MenuItem hint={hint(scenes)} disabled={blocked} onClick={() => openGenerate(null)}>
              Every scene ({scenes.length})
            </MenuItem>
            {drafts.length > 0 && drafts.length < scenes.length && (
              <MenuItem hint={hint(drafts)} disabled={blocked} onClick={() => openGenerate(ids(drafts))}>
                {drafts.length === 1 ? 'The draft' : `The ${drafts.length} drafts`}
              </MenuItem>
            )}
            {chosen.length > 0 && (
              <MenuItem hint={hint(chosen)} disabled={blocked} onClick={() => openGenerate(ids(chosen))}>
                {chosen.length === 1 ? 'The chosen scene' : `The ${chosen.length} chosen scenes`}
              </MenuItem>
            )}
          </MenuGroup>
          <MenuSeparator />
          <Passes board={board} blocked={blocked} looking={looking} />
          {!rehearsing && chosen.length > 0 && (
            <>
              <MenuSeparator />
              <MenuItem
                icon={<Film size={14} />}
                hint="free"
                disabled={looking}
                onClick={() => void rehearse(ids(chosen))}
              >
                Rehearse {chosen.length === 1 ? 'the chosen scene' : `the ${chosen.length} chosen scenes`}
              </MenuItem>
            </>
          )}
        </Menu>
      </SplitButton>
    </span>
  )
}
