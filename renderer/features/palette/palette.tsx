// Roles rather than tags: a select holds no pictures, marks and keys.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import './palette.css'
import { Dialog } from '@base-ui/react/dialog'
import { Clapperboard, FolderOpen, Search } from 'lucide-react'
import {
  createElement,
  Fragment,
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { formatUsd } from '../../../shared/money.ts'
import { boardNow } from '../../commands/scene-actions.ts'
import { registry } from '../../commands/registry.ts'
import { TakePicture } from '../../common/pictures.tsx'
import { imageUrl } from '../../state/media.ts'
import { useProjection } from '../../state/projection.ts'
import { useUi } from '../../state/ui-store.ts'
import { keep, recalled } from '../../state/window-memory.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { find, type Found, withRecent } from './find.ts'
import type { Range } from './fuzzy.ts'
import { commandIcon } from './icons.ts'
import { commandItems, type ItemPicture, type PaletteItem, placeItems } from './items.ts'
import { runItem } from './run-item.ts'

const RECENT = 'palette'

function recentKeys(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(recalled(RECENT) ?? '[]')
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}

function Picture({ picture }: { picture: ItemPicture }) {
  switch (picture.kind) {
    case 'command':
      return createElement(commandIcon(picture.id), { size: 16, 'aria-hidden': true })
    case 'scene':
      return (
        <span className="palette-frame">
          <TakePicture scene={picture.scene} take={picture.take} contain={false} />
        </span>
      )
    case 'character':
      return <Thumb src={imageUrl(picture.reference.image.sha256)} label="" size={20} />
    case 'project':
      return <FolderOpen size={16} aria-hidden />
    case 'storyboard':
    case 'seed':
      return <Clapperboard size={16} aria-hidden />
  }
}

/** A title with what was found in it marked. */
function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return (
    <>
      {ranges.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(ranges[index - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.end ?? 0)}
    </>
  )
}

function Row({
  found,
  id,
  on,
  onPoint,
  onRun,
}: {
  found: Found
  id: string
  on: boolean
  onPoint(): void
  onRun(): void
}) {
  const { item, ranges } = found
  const blocked = item.reason !== null
  return (
    // The field keeps the focus and the keys; the pointer only points and presses.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={on}
      aria-disabled={blocked}
      className={`palette-row ${on ? 'on' : ''} ${blocked ? 'blocked' : ''}`}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      <span className="palette-picture">
        <Picture picture={item.picture} />
      </span>
      <span className="ell">
        <Marked text={item.title} ranges={ranges} />
      </span>
      <span className="palette-aside num">
        {item.reason ?? item.aside}
        {!blocked && item.price !== null && item.price !== undefined && item.price > 0 && formatUsd(item.price)}
        {!blocked && item.keys && <Kbd keys={item.keys} />}
      </span>
    </div>
  )
}

function Content({ onRun }: { onRun(chosen: Chosen): void }) {
  const [before] = useState(() => document.activeElement)
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query)
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const studio = useProjection((projection) => projection.studio)
  const view = useProjection((projection) => projection.view)
  const shownBoard = useUi((ui) => ui.storyboardId)
  const [recent] = useState(recentKeys)
  // Asked once, while the focus is still where the commands would find it.
  const [commands] = useState(() =>
    commandItems(registry.list(), registry.keysOf, {
      onBoard: useUi.getState().view === 'board',
      selected: boardNow()?.selected ?? [],
    }),
  )
  const numbers = /\d/.test(asked) ? '0' : ''
  const places = useMemo(
    () => (studio ? placeItems(studio, view, shownBoard ?? boardNow()?.storyboard.id ?? null, numbers) : []),
    [studio, view, shownBoard, numbers],
  )
  const sections = useMemo(() => find(asked, commands, places, recent), [asked, commands, places, recent])
  const rows = sections.flatMap(({ found }) => found)
  const current = Math.min(at, rows.length - 1)

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current, sections])

  const run = (found: Found | undefined) => {
    const item = found?.item
    if (item && item.reason === null) onRun({ item, before })
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === '?' && query === '') {
      event.preventDefault()
      useUi.setState({ paletteOpen: false, shortcutsOpen: true })
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      // The list may still be behind what was typed.
      run(asked === query ? rows[current] : find(query, commands, places, recent)[0]?.found[0])
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && rows.length > 0) {
      event.preventDefault()
      setAt((current + step + rows.length) % rows.length)
    }
  }

  return (
    <>
      <div className="palette-field">
        <Search size={16} className="t3" aria-hidden />
        <input
          role="combobox"
          aria-label="Search commands, scenes, cast and takes"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={rows[current] ? `palette-${current}` : undefined}
          aria-autocomplete="list"
          placeholder="Search commands, scenes, cast, takes and seeds"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={press}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette-list" ref={list} id="palette-list" role="listbox" aria-label="Found">
        {sections.map(({ title, found }, section) => (
          <div key={title} role="group" aria-labelledby={`palette-section-${section}`}>
            <div className="palette-section" id={`palette-section-${section}`}>
              {title}
            </div>
            {found.map((each) => {
              const index = rows.indexOf(each)
              return (
                <Row
                  key={each.item.key}
                  found={each}
                  id={`palette-${index}`}
                  on={index === current}
                  onPoint={() => index !== current && setAt(index)}
                  onRun={() => run(each)}
                />
              )
            })}
          </div>
        ))}
      </div>
      {rows.length === 0 && <p className="palette-none">Nothing is called that. Try a scene number or a seed.</p>}
      <footer className="palette-foot">
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> Move
        </span>
        <span>
          <kbd>↵</kbd> Run
        </span>
        <span className="grow" />
        <span>
          <kbd>?</kbd> Shortcuts
        </span>
      </footer>
      <output className="hidden-text">{rows.length === 0 ? 'Nothing found' : `${rows.length} found`}</output>
    </>
  )
}

interface Chosen {
  readonly item: PaletteItem
  /** What had the focus before the palette. */
  readonly before: Element | null
}

/** Search over everything that can be done or gone to. What is chosen runs once the palette is gone. */
export default function Palette() {
  const open = useUi((ui) => ui.paletteOpen)
  const chosen = useRef<Chosen | null>(null)
  const close = () => useUi.setState({ paletteOpen: false })
  useEffect(() => {
    if (open) chosen.current = null
  }, [open])
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => !next && close()}
      onOpenChangeComplete={(next) => {
        if (next || !chosen.current) return
        const { item, before } = chosen.current
        // First the focus goes back, so that what runs may put it elsewhere.
        if (before instanceof HTMLElement) before.focus({ preventScroll: true })
        runItem(item.action)
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Viewport className="palette-layer">
          <Dialog.Popup className="palette" aria-label="Command palette" finalFocus={() => chosen.current === null}>
            <Content
              onRun={(next) => {
                const { item } = next
                chosen.current = next
                keep(RECENT, JSON.stringify(withRecent(recentKeys(), item.key)))
                close()
              }}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
