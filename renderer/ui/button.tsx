import './button.css'
import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Tip } from './tooltip.tsx'

type NativeButton = ComponentPropsWithRef<'button'>

export interface ButtonProps extends NativeButton {
  /** `primary` is the one paid or main action of a view; `ghost` sits in toolbars; `danger` removes something. */
  look?: 'normal' | 'primary' | 'ghost' | 'danger' | undefined
  size?: 'small' | 'normal' | 'large' | undefined
  icon?: ReactNode
}

const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ')

/** A labelled button. Takes every attribute of a native one. */
export function Button({ look = 'normal', size = 'normal', icon, className, children, ...rest }: ButtonProps) {
  return (
    <BaseButton className={classes('btn', look, size, className)} {...rest}>
      {icon}
      {children}
    </BaseButton>
  )
}

export interface IconButtonProps extends Omit<NativeButton, 'children'> {
  /** Accessible name, and the text of the tooltip. */
  label: string
  icon: ReactNode
  size?: 'small' | 'normal' | undefined
  on?: boolean | undefined
  accent?: boolean | undefined
  /** Keys to show in the tooltip. */
  keys?: string | undefined
  tip?: boolean | undefined
}

/** A button with only a picture; its name is read aloud and shown as a tooltip. */
export function IconButton({
  label,
  icon,
  size = 'normal',
  on,
  accent,
  keys,
  tip = true,
  className,
  ...rest
}: IconButtonProps) {
  const button = (
    <BaseButton
      aria-label={label}
      className={classes('icon-btn', size, on && 'on', accent && 'accent', className)}
      {...rest}
    >
      {icon}
    </BaseButton>
  )
  return tip ? (
    <Tip text={label} keys={keys} side="top">
      {button}
    </Tip>
  ) : (
    button
  )
}

/** Two buttons that read as one: an action, and what to do it with. */
export const SplitButton = ({ children }: { children: ReactNode }) => <span className="split">{children}</span>
