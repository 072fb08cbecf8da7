import { Dice5, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import { parseSeed, rollSeed } from '../../state/seeds.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { Popover } from '../../ui/popover.tsx'
import { bankShown } from './bank.ts'

/** A seed for the matrix: typed, by chance, or from the bank. Nothing is run by adding it. */
export function AddSeed({ saved, onAdd }: { saved: readonly SavedSeed[]; onAdd(seed: number): void }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const bank = bankShown(saved, { kind: 'all' }, '')
  const add = (seed: number) => {
    setOpen(false)
    setText('')
    setError(null)
    onAdd(seed)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const seed = parseSeed(text)
    if (seed.ok) add(seed.value)
    else setError(seed.message)
  }
  return (
    <Popover
      title="Add a seed"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button icon={<Plus size={16} />}>Add seed</Button>}
    >
      <form onSubmit={submit} noValidate>
        <Field label="Seed" hint="It becomes a column. Nothing is run." error={error}>
          {(ids) => (
            <span className="row">
              <TextField
                {...ids}
                className="num grow"
                inputMode="numeric"
                autoComplete="off"
                value={text}
                onChange={(event) => {
                  setText(event.target.value)
                  setError(null)
                }}
              />
              <IconButton
                label="Roll a seed by chance"
                type="button"
                tip={false}
                icon={<Dice5 size={16} />}
                onClick={() => {
                  setText(String(rollSeed()))
                  setError(null)
                }}
              />
              <Button type="submit" disabled={text.trim() === ''}>
                Add
              </Button>
            </span>
          )}
        </Field>
      </form>
      {bank.length > 0 && (
        <div className="add-bank">
          <h3 className="section-label">From the bank</h3>
          <ul>
            {bank.map((each) => (
              <li key={each.id}>
                <button type="button" onClick={() => add(each.seed)}>
                  <span className="ell grow">{each.name || 'No name'}</span>
                  {each.character && <span className="t3 c11">{each.character}</span>}
                  <span className="num t2 c11">{each.seed}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Popover>
  )
}
