import { registry } from '../../commands/registry.ts'
import { Kbd } from '../../ui/kbd.tsx'

const HINTS: readonly { readonly label: string; readonly ids: readonly string[]; readonly to?: true }[] = [
  { label: 'Shuttle', ids: ['review.back', 'review.stop', 'review.forward'] },
  { label: 'Frame', ids: ['review.previousFrame', 'review.nextFrame'] },
  { label: 'Range', ids: ['review.in', 'review.out'] },
  { label: 'Rate', ids: ['review.rate1', 'review.rate5'], to: true },
  { label: 'Pick', ids: ['review.pick'] },
  { label: 'Reject', ids: ['review.reject'] },
  { label: 'Note', ids: ['review.note'] },
  { label: 'Swap A and B', ids: ['review.swap'] },
]

/** The keys worth knowing, along the bottom. */
export function KeyHints() {
  return (
    <div className="key-hints">
      {HINTS.map(({ label, ids, to }) => {
        const keys = ids.flatMap((id) => registry.keysOf(id) ?? [])
        return keys.length < ids.length ? null : (
          <span key={label} className="key-hint">
            {keys.map((combo, index) => (
              <span key={combo} className="key-hint">
                {to && index > 0 && 'to'}
                <Kbd keys={combo} />
              </span>
            ))}
            {label}
          </span>
        )
      })}
      <span className="grow" />
      <button type="button" className="key-hint key-all" onClick={() => registry.run('studio.shortcuts')}>
        <Kbd keys="?" />
        All keys
      </button>
    </div>
  )
}
