import { ChevronDown, ChevronRight, Ellipsis, ListChecks, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import { formatUsd } from '../../../shared/money.ts'
import { setSection } from '../../commands/scene-actions.ts'
import type { Section } from '../../state/sections.ts'
import { plural, runningTime, totalPrice } from '../../state/selectors.ts'
import { toggleFold, useUi } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'

/** The name of a heading while it is being written. Enter and leaving it save; Escape gives up; no text removes it. */
function HeadingField({ head, title }: { head: SceneId; title: string }) {
  const [text, setText] = useState(title)
  const finish = (save: boolean) => {
    useUi.setState({ namingSection: null })
    const next = text.trim() === '' ? null : text.trim()
    if (save && next !== title) setSection(head, next)
  }
  return (
    <span className="text-field heading-name">
      <input
        // It appears because the artist asked to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label="Name of the section"
        value={text}
        maxLength={200}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish(true)
          if (event.key === 'Escape') finish(false)
        }}
      />
    </span>
  )
}

/** A heading across the board, which folds the scenes under it. */
export function SectionHeading({ section }: { section: Section }) {
  const naming = useUi((ui) => ui.namingSection)
  const { head, scenes, folded, size } = section
  if (!head) return null
  const title = head.section ?? ''
  if (naming === head.id) return <HeadingField head={head.id} title={title} />
  const rename = () => useUi.setState({ namingSection: head.id })
  const shown = scenes.length === size ? plural(size, 'scene') : `${scenes.length} of ${plural(size, 'scene')}`
  return (
    <>
      <button
        type="button"
        className="heading-fold"
        aria-expanded={!folded}
        onClick={() => toggleFold(head.id)}
        onDoubleClick={rename}
      >
        {folded ? <ChevronRight size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
        <span className="ell">{title || 'Untitled section'}</span>
        <span className="heading-facts num">
          {shown} · {runningTime(scenes)} · {formatUsd(totalPrice(scenes))}
        </span>
      </button>
      <span className="heading-line" />
      <Menu
        trigger={
          <IconButton
            className="heading-more"
            label={`More for section ${title}`}
            size="small"
            tip={false}
            icon={<Ellipsis size={14} />}
          />
        }
      >
        <MenuItem icon={<Pencil size={14} />} onClick={rename}>
          Rename section
        </MenuItem>
        <MenuItem
          icon={<ListChecks size={14} />}
          onClick={() => {
            const ids = scenes.map(({ id }) => id)
            useUi.setState({ selected: new Set(ids), cursor: head.id, anchor: head.id })
          }}
        >
          Choose its scenes
        </MenuItem>
        <MenuItem icon={<Trash2 size={14} />} onClick={() => setSection(head.id, null)}>
          Remove heading
        </MenuItem>
      </Menu>
    </>
  )
}
