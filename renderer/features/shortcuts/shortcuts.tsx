import './shortcuts.css'
import { Search } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { registry } from '../../commands/registry.ts'
import { openSettingsPage, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { keyName } from '../../ui/kbd.tsx'
import { type RowKeys, shortcutGroups } from './rows.ts'

const Keys = ({ held, keys, run }: RowKeys) => (
  <span className="kbds">
    {held.map((key) => (
      <kbd key={key}>{keyName(key)}</kbd>
    ))}
    {keys.map((key, index) => (
      <span key={key} className="kbds">
        {run && index > 0 && <span className="t3 c11">to</span>}
        <kbd>{keyName(key)}</kbd>
      </span>
    ))}
  </span>
)

function Sheet({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const [query, setQuery] = useState('')
  const groups = shortcutGroups(registry.list(), registry.combosOf, query)
  return (
    <>
      <TextField
        ref={field}
        lead={<Search size={14} className="t3" aria-hidden />}
        aria-label="Search shortcuts"
        placeholder="Search shortcuts"
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {/* A list longer than the window is scrolled with the keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="shortcuts" tabIndex={0} aria-label="List of shortcuts">
        {groups.map(({ group, rows }) => (
          <div key={group} className="shortcut-group">
            <h3>{group}</h3>
            <dl>
              {rows.map(({ title, keys }) => (
                <div key={title}>
                  <dt className="ell">{title}</dt>
                  <dd>
                    <Keys {...keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
        {groups.length === 0 && <p className="t2">No shortcut is called that.</p>}
      </section>
    </>
  )
}

/** Every key there is, by where it works. */
export default function Shortcuts() {
  const open = useUi((ui) => ui.shortcutsOpen)
  const close = () => useUi.setState({ shortcutsOpen: false })
  const field = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Shortcuts"
      size="medium"
      initialFocus={field}
      footer={
        <Button
          look="ghost"
          onClick={() => {
            close()
            openSettingsPage('keys')
          }}
        >
          Change keys
        </Button>
      }
    >
      <Sheet field={field} />
    </Dialog>
  )
}
