import { errorText } from '../state/requests.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/empty.tsx'

/** What went wrong, in place: the title of its code, its sentence, and a way on where there is one. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { title, text } = errorText(error)
  return (
    <Notice
      tone="error"
      title={title}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {text}
    </Notice>
  )
}
