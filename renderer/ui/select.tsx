import './field.css'
import './overlay.css'
import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'

export interface SelectOption<V extends string> {
  readonly value: V
  readonly label: string
}

/** One of a short list, shown as a drop-down. */
export function Select<V extends string>({
  value,
  options,
  onChange,
  label,
  id,
}: {
  value: V
  options: readonly SelectOption<V>[]
  onChange(value: V): void
  label: string
  id?: string | undefined
}) {
  return (
    <Base.Root items={[...options]} value={value} onValueChange={(next) => next !== null && onChange(next)}>
      <Base.Trigger className="select-trigger" aria-label={label} id={id}>
        <Base.Value className="ell" />
        <Base.Icon className="t3">
          <ChevronDown size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="overlay-layer" alignItemWithTrigger={false} sideOffset={4}>
          <Base.Popup className="popup menu">
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className="menu-item">
                <span className="menu-check">
                  <Base.ItemIndicator>
                    <Check size={14} />
                  </Base.ItemIndicator>
                </span>
                <Base.ItemText>{option.label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
