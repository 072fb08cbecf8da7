import {
  ArrowDownToLine,
  ArrowUpToLine,
  Clapperboard,
  Combine,
  Copy,
  CopyPlus,
  ClipboardPaste,
  Film,
  Heading,
  ListPlus,
  Pencil,
  Play,
  Plus,
  Scissors,
  Trash2,
} from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { formatUsd } from '../../../shared/money.ts'
import { registry } from '../../commands/registry.ts'
import { mergeable } from '../../commands/scene-commands.ts'
import type { Scene } from '../../../shared/model.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { padNumber, stateOf, totalPrice } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { MenuItem, MenuSeparator, PointMenu } from '../../ui/menu.tsx'
import type { Point } from './scene-field.tsx'

/** Everything that can be done with the chosen scenes, at the pointer or at the card that has the focus. */
export function SceneMenu({
  board,
  chosen,
  point,
  onClose,
}: {
  board: OpenBoard
  chosen: readonly Scene[]
  point: Point | null
  onClose(): void
}) {
  // What was chosen runs once the focus is back on the card, so that it can move the focus on.
  const pending = useRef<string | null>(null)
  const item = (id: string, icon: ReactNode, words: string, more: { danger?: boolean; hint?: string } = {}) => {
    const command = registry.get(id)
    const able = command !== undefined && (command.when?.() ?? true)
    return (
      <MenuItem
        icon={icon}
        keys={registry.keysOf(id)}
        disabled={!able}
        onClick={() => {
          pending.current = id
        }}
        {...more}
      >
        {words}
      </MenuItem>
    )
  }
  const [scene] = chosen
  const one = chosen.length === 1
  const these = one ? 'scene' : `${chosen.length} scenes`
  const playable = one && scene !== undefined && stateOf(board.view, scene).poster !== null
  const [, next] = mergeable()
  const rehearsing = board.view.project.provider === 'rehearsal'
  return (
    <PointMenu
      point={chosen.length > 0 ? point : null}
      label={one && scene ? `Scene ${padNumber(scene.number)}` : these}
      onClose={onClose}
      returnTo={() => {
        const id = useUi.getState().cursor
        return id === null ? null : document.querySelector<HTMLElement>(`[data-board] [data-scene="${CSS.escape(id)}"]`)
      }}
      onClosed={() => {
        const id = pending.current
        pending.current = null
        if (id !== null) registry.run(id)
      }}
    >
      {one && (
        <>
          {playable && item('scene.play', <Play size={14} />, 'Play')}
          {item('scene.edit-prompt', <Pencil size={14} />, 'Edit prompt')}
        </>
      )}
      {item('scene.rehearse', <Film size={14} />, `Rehearse ${one ? '' : these}`.trim())}
      {!rehearsing &&
        item('scene.generate', <Clapperboard size={14} />, `Generate ${one ? '' : these}`.trim(), {
          hint: formatUsd(totalPrice(chosen)),
        })}
      <MenuSeparator />
      {item('scene.new-before', <Plus size={14} />, 'New scene before')}
      {item('scene.new', <ListPlus size={14} />, 'New scene after')}
      {item('scene.duplicate', <CopyPlus size={14} />, `Duplicate ${these}`)}
      {one && item('scene.split', <Scissors size={14} />, 'Split at the cursor')}
      {item(
        'scene.merge',
        <Combine size={14} />,
        one ? `Merge with ${next ? `scene ${padNumber(next.number)}` : 'the next'}` : `Merge ${these}`,
      )}
      <MenuSeparator />
      {item('scene.to-start', <ArrowUpToLine size={14} />, 'Move to the start')}
      {item('scene.to-end', <ArrowDownToLine size={14} />, 'Move to the end')}
      {item('scene.copy', <Copy size={14} />, `Copy ${these}`)}
      {item('scene.paste', <ClipboardPaste size={14} />, 'Paste after')}
      <MenuSeparator />
      {one && scene && scene.section === null && item('section.begin', <Heading size={14} />, 'Add section here')}
      {one && scene && scene.section !== null && (
        <>
          {item('section.rename', <Heading size={14} />, 'Rename section')}
          {item('section.remove', <Heading size={14} />, 'Remove heading')}
        </>
      )}
      {one && <MenuSeparator />}
      {item('scene.remove', <Trash2 size={14} />, `Delete ${these}`, { danger: true })}
    </PointMenu>
  )
}
