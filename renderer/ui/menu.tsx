import './overlay.css'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

/** A list of actions behind a button. */
export function Menu({
  trigger,
  align = 'end',
  children,
}: {
  trigger: ReactElement
  align?: 'start' | 'center' | 'end' | undefined
  children: ReactNode
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="overlay-layer">
          <Base.Popup className="popup menu">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps {
  onClick(): void
  icon?: ReactNode
  keys?: string | undefined
  hint?: ReactNode
  danger?: boolean | undefined
  disabled?: boolean | undefined
  children: ReactNode
}

export function MenuItem({ onClick, icon, keys, hint, danger, disabled, children }: MenuItemProps) {
  return (
    <Base.Item className={`menu-item ${danger ? 'danger' : ''}`} disabled={disabled ?? false} onClick={onClick}>
      {icon}
      <span className="ell">{children}</span>
      {hint && <span className="menu-hint num">{hint}</span>}
      {keys && <Kbd keys={keys} />}
    </Base.Item>
  )
}

/** One of several; the chosen one carries a check mark. */
export function MenuChoice({
  checked,
  onClick,
  hint,
  children,
}: {
  checked: boolean
  onClick(): void
  hint?: ReactNode
  children: ReactNode
}) {
  return (
    <Base.CheckboxItem className="menu-item" checked={checked} onClick={onClick} closeOnClick>
      <span className="menu-check">{checked && <Check size={14} />}</span>
      <span className="ell">{children}</span>
      {hint && <span className="menu-hint num">{hint}</span>}
    </Base.CheckboxItem>
  )
}

export const MenuGroup = ({ label, children }: { label: string; children: ReactNode }) => (
  <Base.Group>
    <Base.GroupLabel className="menu-label">{label}</Base.GroupLabel>
    {children}
  </Base.Group>
)

export const MenuSeparator = () => <Base.Separator className="menu-separator" />
