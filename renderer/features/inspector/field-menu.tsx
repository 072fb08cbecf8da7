import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu } from '../../ui/menu.tsx'

/** A field whose value is chosen from a menu. */
export function FieldMenu({
  label,
  value,
  mixed,
  hint,
  children,
}: {
  label: string
  value: ReactNode
  /** True when it speaks of several values. */
  mixed?: boolean | undefined
  hint?: ReactNode
  children: ReactNode
}) {
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="text-field field-menu">
          <span className="hidden-text">{label}: </span>
          <span className={mixed ? 'ell grow t3' : 'ell grow'}>{value}</span>
          {hint && <span className="t3 num"> {hint}</span>}
          <ChevronDown size={14} className="t3" aria-hidden />
        </button>
      }
    >
      {children}
    </Menu>
  )
}
