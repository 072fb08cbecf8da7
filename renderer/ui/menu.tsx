import './overlay.css'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type ReactElement, type ReactNode, useMemo } from 'react'
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

/** A list of actions at a point of the window, such as where the pointer is. The focus goes back to where it was. */
export function PointMenu({
  point,
  label,
  onClose,
  onClosed,
  returnTo,
  children,
}: {
  /** Null while it is closed. */
  point: { readonly x: number; readonly y: number } | null
  label: string
  onClose(): void
  /** When it is gone and the focus is back. */
  onClosed?: (() => void) | undefined
  /** What has the focus then; default: what had it before. */
  returnTo?: (() => HTMLElement | null) | undefined
  children: ReactNode
}) {
  const anchor = useMemo(
    () => ({ getBoundingClientRect: () => new DOMRect(point?.x ?? 0, point?.y ?? 0, 0, 0) }),
    [point?.x, point?.y],
  )
  return (
    <Base.Root
      modal={false}
      open={point !== null}
      onOpenChange={(open) => !open && onClose()}
      onOpenChangeComplete={(open) => !open && onClosed?.()}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" collisionPadding={8} className="overlay-layer">
          <Base.Popup
            className="popup menu"
            aria-label={label}
            finalFocus={returnTo ? () => returnTo() ?? true : true}
            onContextMenu={(event) => event.preventDefault()}
          >
            {children}
          </Base.Popup>
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
