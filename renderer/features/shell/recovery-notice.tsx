import { History, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useProjection } from '../../state/projection.ts'
import { call, run } from '../../state/requests.ts'
import { IconButton } from '../../ui/button.tsx'

/** Says once what became of a library whose database was lost, when nothing stands still because of it. */
export function RecoveryNotice() {
  const [text, setText] = useState<string | null>(null)
  const ask = useProjection(
    ({ connection, status, studio }) =>
      connection === 'open' && status === 'ready' && studio?.runner.halted?.code !== 'library-recovered',
  )
  useEffect(() => {
    if (!ask) return
    let wanted = true
    // News that cannot be had now are told at the next start.
    call('recovery.get', {}).then(
      ({ news }) => wanted && setText(news?.text ?? null),
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [ask])
  if (!ask || text === null) return null
  const dismiss = () => {
    setText(null)
    run('recovery.dismiss', {})
  }
  return (
    <section className="banner told" aria-label="The library was recovered">
      <History size={14} aria-hidden />
      <p className="grow">
        <strong>The library was recovered.</strong> {text}
      </p>
      <IconButton label="Dismiss" size="small" icon={<X size={14} />} tip={false} onClick={dismiss} />
    </section>
  )
}
