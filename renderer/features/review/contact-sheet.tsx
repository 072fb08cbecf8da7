import './contact-sheet.css'
import { Check, ImageDown, Printer, Star, X } from 'lucide-react'
import { type CSSProperties, useMemo, useRef, useState } from 'react'
import type { ReviewNow } from '../../commands/review-now.ts'
import { fileNameOf, saveFile } from '../../common/save-file.ts'
import { TakePicture } from '../../common/pictures.tsx'
import {
  chooseColumns,
  COLUMNS,
  sheetEntries,
  type SheetEntry,
  sheetLayout,
  sheetRatio,
  useSheet,
} from '../../state/contact-sheet.ts'
import { useNow } from '../../state/hooks.ts'
import { attempt } from '../../state/requests.ts'
import { leftScenes, useRoom } from '../../state/review-filter.ts'
import { activeStoryboard, plural } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/field.tsx'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'
import { showToast } from '../../ui/toast.tsx'
import { captionOf, inksOf, paintPage } from './contact-paint.ts'

const close = () => useSheet.setState({ open: false })

function Cell({ entry }: { entry: SheetEntry }) {
  const { scene, take } = entry
  const { slate, title, verdict, seed, price } = captionOf(entry)
  return (
    <li className="sheet-cell" data-rejected={take.rejected || undefined}>
      <TakePicture scene={scene} take={take} contain />
      <p className="sheet-line">
        <strong className="num">{slate}</strong>
        {verdict && (
          <span className={`sheet-verdict ${verdict.toLowerCase()}`}>
            {verdict === 'Picked' ? <Check size={12} aria-hidden /> : <X size={12} aria-hidden />}
            {verdict}
          </span>
        )}
        {take.label !== 'none' && (
          <span className="sheet-label">
            <LabelDot label={take.label} />
            {LABEL_WORDS[take.label]}
          </span>
        )}
      </p>
      <p className="ell" title={title}>
        {title}
      </p>
      <p className="sheet-line t3 num">
        {take.rating > 0 && (
          <span className="sheet-stars">
            <span className="hidden-text">{plural(take.rating, 'star')}</span>
            {Array.from({ length: take.rating }, (_, star) => (
              <Star key={star} size={11} aria-hidden />
            ))}
          </span>
        )}
        <span className="ell">
          {seed} · {price}
        </span>
      </p>
    </li>
  )
}

function Sheet({ now }: { now: ReviewNow }) {
  const { filter, sceneOrder, takeOrder } = useRoom()
  const chosen = useUi((ui) => ui.compared)
  const columns = useSheet((sheet) => sheet.columns)
  const [saving, setSaving] = useState(false)
  const page = useRef<HTMLElement>(null)
  const print = useRef<HTMLButtonElement>(null)
  const entries = useMemo(
    () =>
      sheetEntries(
        now.view,
        { scenes: leftScenes(now.view, now.scenes, filter, sceneOrder), all: now.scenes },
        { filter, order: takeOrder, chosen },
      ),
    [now.view, now.scenes, filter, sceneOrder, takeOrder, chosen],
  )
  const { project } = now.view
  const storyboard = activeStoryboard(now.view, now.scene.storyboardId)
  const title = storyboard ? `${project.title}, ${storyboard.title}` : project.title
  const day = new Date(useNow(false)).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  const line = `${plural(entries.length, 'take')} · ${day}`
  const ratio = sheetRatio(entries)

  const save = async () => {
    const look = page.current
    if (!look) return
    setSaving(true)
    await attempt(async () => {
      const { pages, picture } = sheetLayout(entries.length, columns, ratio)
      for (const [index, each] of pages.entries()) {
        const blob = await paintPage(entries, each, picture, { title, line }, inksOf(look))
        const number = pages.length > 1 ? ` ${index + 1}` : ''
        saveFile(`${fileNameOf(title)} contact sheet${number}.png`, blob)
      }
      showToast({ kind: 'info', title: pages.length > 1 ? `${pages.length} images saved` : 'Contact sheet saved' })
      return true
    })
    setSaving(false)
  }
  return (
    <Dialog
      open
      onClose={close}
      size="full"
      bare
      title="Contact sheet"
      initialFocus={print}
      aside={
        <span className="row sheet-tools">
          <span className="t3 c12">Columns</span>
          <NumberField label="Columns" value={columns} min={COLUMNS.min} max={COLUMNS.max} onChange={chooseColumns} />
        </span>
      }
      footer={
        <>
          <span className="t3 c12 grow">
            {chosen.size > 0 ? (
              <Button size="small" look="ghost" onClick={() => useUi.setState({ compared: new Set() })}>
                Show all instead of the chosen {plural(chosen.size, 'take')}
              </Button>
            ) : (
              'The takes the room shows. Tick takes to have those alone.'
            )}
          </span>
          <Button
            ref={print}
            icon={<Printer size={14} />}
            disabled={entries.length === 0}
            onClick={() => window.print()}
          >
            Print
          </Button>
          <Button
            look="primary"
            icon={<ImageDown size={14} />}
            disabled={saving || entries.length === 0}
            onClick={() => void save()}
          >
            {saving ? 'Saving' : 'Save as PNG'}
          </Button>
        </>
      }
    >
      <section
        className="sheet-page"
        ref={page}
        style={{ '--columns': columns, '--ratio': ratio } as CSSProperties}
        // Scrolled with keys as well.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Pictures of the sheet"
      >
        <header>
          <h3>{title}</h3>
          <p className="t3 num">{line}</p>
        </header>
        {entries.length === 0 && <p className="t2">No take is left by the filter.</p>}
        <ol className="sheet-grid">
          {entries.map((entry) => (
            <Cell key={entry.take.id} entry={entry} />
          ))}
        </ol>
      </section>
    </Dialog>
  )
}

/** Posters of the chosen takes, or of those the room shows, to look over, print or save. */
export function ContactSheet({ now }: { now: ReviewNow }) {
  const open = useSheet((sheet) => sheet.open)
  return open && <Sheet now={now} />
}
