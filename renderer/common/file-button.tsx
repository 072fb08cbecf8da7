import { type ReactNode, useRef } from 'react'
import { Button as BaseButton } from '@base-ui/react/button'

/** A button that asks for files. The same file may be chosen twice in a row. */
export function FileButton({
  label,
  accept,
  multiple,
  folder,
  className,
  onFiles,
  children,
}: {
  /** Accessible name; also what a browser's file dialog is opened for. */
  label: string
  accept?: string | undefined
  multiple?: boolean | undefined
  /** True to choose a folder with everything in it. */
  folder?: boolean | undefined
  className?: string | undefined
  onFiles(files: readonly File[]): void
  children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <BaseButton aria-label={label} title={label} className={className} onClick={() => input.current?.click()}>
        {children}
      </BaseButton>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple ?? false}
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}
