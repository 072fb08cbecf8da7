import { ChevronDown, Search, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { TAKE_LABELS } from '../../../shared/review.ts'
import { parseUsd, usdDecimal, type UsdMicros } from '../../../shared/money.ts'
import { useProjection } from '../../state/projection.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'
import { dayEdge, dayOf } from './format.ts'
import { EVERYTHING, isNarrowed, lookFor, useFound, type Wish } from './search.ts'

/** One of a list, behind a button that says which. */
function Facet<V extends string | number | null>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: V
  options: readonly { readonly value: V; readonly label: string; readonly mark?: ReactNode }[]
  onChange(value: V): void
}) {
  const chosen = options.find((option) => option.value === value)
  return (
    <div className="facet">
      <span className="facet-name" aria-hidden>
        {label}
      </span>
      <Menu
        align="start"
        trigger={
          <button type="button" className="facet-value" aria-label={`${label}: ${chosen?.label ?? 'All'}`}>
            {chosen?.mark}
            <span className="grow ell">{chosen?.label ?? 'All'}</span>
            <ChevronDown size={14} aria-hidden />
          </button>
        }
      >
        {options.map((option) => (
          <MenuChoice
            key={String(option.value)}
            checked={option.value === value}
            hint={option.mark}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </MenuChoice>
        ))}
      </Menu>
    </div>
  )
}

const STATES: readonly { readonly value: Wish['state']; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'picked', label: 'Picked' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'unrated', label: 'Not judged yet' },
  { value: 'gone', label: 'Clip in the bin' },
]

const RATINGS = [0, 1, 2, 3, 4, 5].map((value) => ({
  value,
  label: value === 0 ? 'Any' : value === 5 ? '5 stars' : `${value} ${value === 1 ? 'star' : 'stars'} or more`,
}))

const PROVIDERS: readonly { readonly value: Wish['provider']; readonly label: string }[] = [
  { value: null, label: 'All' },
  { value: 'wavespeed', label: 'Paid takes' },
  { value: 'rehearsal', label: 'Rehearsals' },
]

/** A value typed as text, looked for when it is left or Enter is pressed. */
function Typed({
  label,
  shown,
  placeholder,
  read,
}: {
  label: string
  shown: string
  placeholder: string
  /** False when the text is not such a value. */
  read(text: string): boolean
}) {
  const [text, setText] = useState(shown)
  const [wrong, setWrong] = useState(false)
  const finish = () => setWrong(!read(text.trim()))
  return (
    <TextField
      className={wrong ? 'facet-text wrong' : 'facet-text'}
      aria-label={label}
      aria-invalid={wrong}
      placeholder={placeholder}
      autoComplete="off"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
    />
  )
}

function PriceRange({ wish }: { wish: Wish }) {
  const field = (key: 'minPrice' | 'maxPrice', label: string, placeholder: string) => {
    const saved = wish[key]
    const read = (text: string): boolean => {
      const value: UsdMicros | null = text === '' ? null : parseUsd(text.replace(/^\$/, ''))
      if (text !== '' && value === null) return false
      if (value !== saved) lookFor({ [key]: value })
      return true
    }
    return (
      <Typed
        key={`${key} ${saved}`}
        label={label}
        placeholder={placeholder}
        shown={saved === null ? '' : usdDecimal(saved)}
        read={read}
      />
    )
  }
  return (
    <fieldset className="facet-range" aria-label="Price in dollars">
      <span className="facet-name" aria-hidden>
        Price in dollars
      </span>
      {field('minPrice', 'Price from', 'From')}
      {field('maxPrice', 'Price up to', 'Up to')}
    </fieldset>
  )
}

function SeedField({ seed }: { seed: number | null }) {
  const read = (text: string): boolean => {
    const value = text === '' ? null : /^\d{1,10}$/.test(text) ? Number(text) : undefined
    if (value === undefined) return false
    if (value !== seed) lookFor({ seed: value })
    return true
  }
  return (
    <div className="facet">
      <span className="facet-name" aria-hidden>
        Seed
      </span>
      <Typed key={String(seed)} label="Seed" placeholder="Any" shown={seed === null ? '' : String(seed)} read={read} />
    </div>
  )
}

function DateRange({ wish }: { wish: Wish }) {
  const field = (key: 'from' | 'to', label: string) => (
    <input
      type="date"
      className="facet-date num"
      aria-label={label}
      value={dayOf(wish[key])}
      onChange={(event) => lookFor({ [key]: dayEdge(event.target.value, key === 'to') })}
    />
  )
  return (
    <fieldset className="facet-range dates" aria-label="Made between">
      <span className="facet-name" aria-hidden>
        Made between
      </span>
      {field('from', 'Made on or after')}
      {field('to', 'Made on or before')}
    </fieldset>
  )
}

/** What is looked for among the takes of all projects. */
export function Facets({ characters }: { characters: readonly string[] }) {
  const wish = useFound((found) => found.wish)
  const projects = useProjection((projection) => projection.studio?.projects)
  const all = { value: null, label: 'All' }
  return (
    <aside className="panel facets" aria-label="Find takes">
      <div className="scroll">
        <Field label="Find takes">
          {(ids) => (
            <TextField
              {...ids}
              type="search"
              placeholder="Words or slate"
              autoComplete="off"
              maxLength={200}
              lead={<Search size={14} className="t3" aria-hidden />}
              trail={
                wish.text !== '' && (
                  <IconButton
                    label="Clear the words"
                    size="small"
                    tip={false}
                    icon={<X size={12} />}
                    onClick={() => lookFor({ text: '' })}
                  />
                )
              }
              value={wish.text}
              onChange={(event) => lookFor({ text: event.target.value })}
            />
          )}
        </Field>
        <Facet
          label="Project"
          value={wish.projectId}
          options={[all, ...[...(projects?.values() ?? [])].map(({ id, title }) => ({ value: id, label: title }))]}
          onChange={(projectId) => lookFor({ projectId })}
        />
        <Facet
          label="Character"
          value={wish.character}
          options={[all, ...characters.map((name) => ({ value: name, label: name }))]}
          onChange={(character) => lookFor({ character })}
        />
        <Facet label="State" value={wish.state} options={STATES} onChange={(state) => lookFor({ state })} />
        <Facet
          label="Rating"
          value={wish.minRating}
          options={RATINGS}
          onChange={(minRating) => lookFor({ minRating })}
        />
        <Facet
          label="Label"
          value={wish.label}
          options={[
            all,
            ...TAKE_LABELS.map((label) => ({
              value: label,
              label: LABEL_WORDS[label],
              mark: <LabelDot label={label} />,
            })),
          ]}
          onChange={(label) => lookFor({ label })}
        />
        <Facet
          label="Made by"
          value={wish.provider}
          options={PROVIDERS}
          onChange={(provider) => lookFor({ provider })}
        />
        <SeedField seed={wish.seed} />
        <PriceRange wish={wish} />
        <DateRange wish={wish} />
        {isNarrowed(wish) && (
          <Button look="ghost" size="small" onClick={() => lookFor({ ...EVERYTHING, sort: wish.sort })}>
            Show all takes
          </Button>
        )}
      </div>
    </aside>
  )
}
