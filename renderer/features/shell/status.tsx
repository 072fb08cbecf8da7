import { Eye, LoaderCircle, PauseCircle, Unplug } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { ERRORS } from '../../../shared/errors.ts'
import type { TakePhase } from '../../../shared/model.ts'
import { announce, useAnnouncement } from '../../common/announcer.ts'
import { run } from '../../state/requests.ts'
import { useProjection } from '../../state/projection.ts'
import { openSettings } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { RecoveryNotice } from './recovery-notice.tsx'

const LOST = {
  gone: 'Takeboard has stopped.',
  expired: 'Takeboard was started again since this page was opened.',
}

/** Why nothing moves, and what became of a library that was recovered. */
export const StatusBanner = () => (
  <>
    <StandingStill />
    <RecoveryNotice />
  </>
)

/** Says why nothing moves: no host, no connection, or submissions standing still. */
function StandingStill() {
  const host = useProjection((projection) => projection.host)
  const connection = useProjection((projection) => projection.connection)
  const started = useProjection((projection) => projection.status === 'ready')
  const runner = useProjection((projection) => projection.studio?.runner ?? null)
  if (connection !== 'open' && host !== 'there') {
    return (
      <div className="banner attention" role="alert">
        <Unplug size={14} />
        <strong>{LOST[host]}</strong>
        <span>Run the command again for a new address. Everything saved is kept, and jobs at the service go on.</span>
      </div>
    )
  }
  if (connection !== 'open' && started) {
    return (
      <output className="banner">
        {connection === 'closed' ? <Unplug size={14} /> : <LoaderCircle size={14} className="spin" />}
        <strong>Not connected to the studio.</strong>
        <span>Connecting again. Jobs at the service go on, and nothing is lost.</span>
      </output>
    )
  }
  if (runner?.halted?.code === 'library-read-only') {
    return (
      <output className="banner">
        <Eye size={14} />
        <strong>{ERRORS['library-read-only'].title}.</strong>
        <span className="ell">{runner.halted.message}</span>
      </output>
    )
  }
  if (runner?.halted) {
    const keyTrouble = runner.halted.code === 'key-missing' || runner.halted.code === 'key-rejected'
    return (
      <div className="banner attention" role="alert">
        <PauseCircle size={14} />
        <strong>{ERRORS[runner.halted.code].title}.</strong>
        <span className="ell">{runner.halted.message} Nothing is submitted until this is settled.</span>
        <span className="grow" />
        {keyTrouble && (
          <Button size="small" onClick={openSettings}>
            Open settings
          </Button>
        )}
        <Button size="small" onClick={() => run('runner.resume', {})}>
          Try again
        </Button>
      </div>
    )
  }
  if (runner?.paused) {
    return (
      <output className="banner">
        <PauseCircle size={14} />
        <strong>Submissions are paused.</strong>
        <span>Jobs already sent go on.</span>
        <span className="grow" />
        <Button size="small" onClick={() => run('runner.resume', {})}>
          Resume
        </Button>
      </output>
    )
  }
  return null
}

const WORDS: Readonly<Partial<Record<TakePhase, string>>> = {
  running: 'is generating',
  ready: 'is ready',
  failed: 'failed',
  unconfirmed: 'needs attention: its submission went unanswered and may have been charged',
}

/** Tells screen readers what changed: the state of takes, and messages of other parts. */
export function LiveRegion() {
  const { text, urgent } = useAnnouncement()
  const view = useProjection((projection) => projection.view)
  const before = useRef(view)

  useEffect(() => {
    const previous = before.current
    before.current = view
    if (!view || previous?.project.id !== view.project.id || previous.takes === view.takes) return
    const changes = [...view.takes.values()].filter((take) => {
      const old = previous.takes.get(take.id)
      return old !== take && old?.phase !== take.phase && WORDS[take.phase] !== undefined
    })
    if (changes.length > 3) announce(`${changes.length} takes changed.`)
    else if (changes.length > 0) {
      const say = changes.map(
        (take) =>
          `Scene ${view.scenes.get(take.sceneId)?.number ?? ''} take ${take.number} ${WORDS[take.phase] ?? ''}.`,
      )
      announce(
        say.join(' '),
        changes.some((take) => take.phase === 'unconfirmed'),
      )
    }
  }, [view])

  return (
    <>
      <div className="hidden-text" aria-live="polite">
        {urgent ? '' : text}
      </div>
      <div className="hidden-text" aria-live="assertive">
        {urgent ? text : ''}
      </div>
    </>
  )
}
