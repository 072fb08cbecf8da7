import { Search, X } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { registry } from '../../commands/registry.ts'
import { focusScene } from '../../commands/scene-actions.ts'
import { boardNow } from '../../commands/board-now.ts'
import { useUi } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { comboText } from '../../ui/kbd.tsx'

/** Looks for scenes while it is typed. Escape empties it and goes back to the cards, Enter and Down go to the first found. */
export function SearchField({ open, onOpen, total }: { open: boolean; onOpen(open: boolean): void; total: number }) {
  const search = useUi((ui) => ui.search)
  const wanted = useUi((ui) => ui.searchFocus)
  const filter = useUi((ui) => ui.filter)
  const input = useRef<HTMLInputElement>(null)
  const seen = useRef(wanted)
  // Before the next key comes, which would be a command otherwise.
  useLayoutEffect(() => {
    if (wanted === seen.current) return
    seen.current = wanted
    onOpen(true)
  }, [wanted, onOpen])
  useLayoutEffect(() => {
    if (!open) return
    input.current?.focus()
    input.current?.select()
  }, [open, wanted])

  const keys = registry.keysOf('board.search')
  if (!open && search === '') {
    return (
      <IconButton
        label="Search scenes"
        keys={keys}
        icon={<Search size={16} />}
        onClick={() => useUi.setState(({ searchFocus }) => ({ searchFocus: searchFocus + 1 }))}
      />
    )
  }
  const toCards = () => {
    onOpen(false)
    const board = boardNow()
    const { cursor } = useUi.getState()
    const target = board?.open.find(({ id }) => id === cursor) ?? board?.open[0]
    if (target) focusScene(target.id)
  }
  const found = boardNow()?.shown.length ?? 0
  return (
    <search className="text-field search-field">
      <Search size={14} className="t3" aria-hidden />
      <input
        ref={input}
        type="text"
        aria-label="Search scenes"
        placeholder="Title, prompt, number, dialogue, notes"
        title={keys ? `Search scenes (${comboText(keys)})` : undefined}
        value={search}
        onChange={(event) => useUi.setState({ search: event.target.value })}
        onBlur={() => useUi.getState().search === '' && onOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') useUi.setState({ search: '' })
          else if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
          event.preventDefault()
          toCards()
        }}
      />
      {(search !== '' || filter !== 'all') && (
        <output className="search-count num" aria-label={`${found} of ${total} scenes shown`}>
          {found} of {total}
        </output>
      )}
      {search !== '' && (
        <IconButton
          label="Clear the search"
          size="small"
          tip={false}
          icon={<X size={12} />}
          onClick={() => {
            useUi.setState({ search: '' })
            input.current?.focus()
          }}
        />
      )}
    </search>
  )
}
