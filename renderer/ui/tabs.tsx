import './tabs.css'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface TabOption<V extends string> {
  readonly value: V
  readonly label: string
  /** After the label, such as a count. */
  readonly aside?: ReactNode
  readonly panel: ReactNode
}

/** Pages of one panel or dialog. The views of the app are navigation, not tabs: see the top bar. */
export function Tabs<V extends string>({
  value,
  options,
  onChange,
  label,
  side,
}: {
  value: V
  options: readonly TabOption<V>[]
  onChange(value: V): void
  label: string
  /** True puts the names beside the page, for many of them. */
  side?: boolean | undefined
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: V) => onChange(next)}
      className={side ? 'tabs side' : 'tabs'}
      orientation={side ? 'vertical' : 'horizontal'}
    >
      <Base.List className="tab-list" aria-label={label}>
        {options.map((option) => (
          <Base.Tab key={option.value} value={option.value} className="tab">
            {option.label}
            {option.aside}
          </Base.Tab>
        ))}
      </Base.List>
      {options.map((option) => (
        <Base.Panel key={option.value} value={option.value} className="tab-panel">
          {option.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
