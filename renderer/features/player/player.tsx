import './player.css'
import { useEffect, useRef } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Scene, Take } from '../../../shared/model.ts'
import { pickTake, rateTake, rejectTake } from '../../commands/scene-actions.ts'
import { isTextField, type KeyTarget } from '../../commands/keymap.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { useProjection } from '../../state/projection.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { playTake, stopPlaying, useUi } from '../../state/ui-store.ts'
import { Tag } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { besideScene, besideTake, playableTakes, type PlayerKey, playerKey } from './playback.ts'
import { Controls, Stage, type Ways } from './stage.tsx'
import { TakePanel } from './take-panel.tsx'
import { usePlayback } from './use-playback.ts'

const go = (takeId: TakeId | null) => takeId !== null && playTake(takeId)

/** Menus have their own arrows, a focused slider its own, and Space works the button that has the focus. */
function keysBelongElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null
  if (isTextField(target satisfies KeyTarget | null)) return true
  if (target?.closest('[role="menu"]') || document.querySelector('.popup.menu')) return true
  if (event.key === ' ') return target?.closest('button') !== null && target !== null
  return target instanceof HTMLInputElement && target.type === 'range' && /^(Arrow|Page)/.test(event.key)
}

function Content({ view, take, scene }: { view: ProjectView; take: Take; scene: Scene }) {
  const playButton = useRef<HTMLButtonElement>(null)
  const [video, playback] = usePlayback(take.id, take.request.duration)
  const ways: Ways = {
    previousTake: besideTake(view, take, -1),
    nextTake: besideTake(view, take, 1),
    previousScene: besideScene(view, scene, -1),
    nextScene: besideScene(view, scene, 1),
  }

  const act = (key: PlayerKey) => {
    switch (key.do) {
      case 'toggle':
        return playback.toggle()
      case 'step':
        return playback.step(key.frames)
      case 'take':
        return go(key.by === 1 ? ways.nextTake : ways.previousTake)
      case 'scene':
        return go(key.by === 1 ? ways.nextScene : ways.previousScene)
      case 'pick':
        return pickTake(scene.id, scene.pickTakeId === take.id ? null : take.id)
      case 'reject':
        return rejectTake(take.id, !take.rejected)
      case 'loop':
        return playback.setLoop(!playback.loop)
      case 'mute':
        return playback.setMuted(!playback.muted)
      case 'rate':
        return rateTake(take.id, take.rating === key.stars ? 0 : key.stars)
    }
  }
  const actNow = useRef(act)
  useEffect(() => {
    actNow.current = act
  })
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const key = playerKey(event)
      if (!key || keysBelongElsewhere(event)) return
      event.preventDefault()
      event.stopPropagation()
      actNow.current(key)
    }
    window.addEventListener('keydown', keys, true)
    return () => window.removeEventListener('keydown', keys, true)
  }, [])

  const takes = playableTakes(view, scene.id)
  return (
    <Dialog
      open
      onClose={stopPlaying}
      size="full"
      bare
      initialFocus={playButton}
      title={
        <span className="player-title">
          <span className="chip num">
            {padNumber(scene.number)}-{take.number}
          </span>
          <span className="ell">{scene.title || 'Untitled'}</span>
          {take.provider === 'rehearsal' && <Tag>Rehearsal</Tag>}
        </span>
      }
      aside={
        <span className="t3 c12 num">
          take {takes.findIndex(({ id }) => id === take.id) + 1} of {plural(takes.length, 'take')}
        </span>
      }
    >
      <div className="player">
        <div className="player-main">
          <Stage take={take} video={video} playback={playback} />
          <Controls playback={playback} ways={ways} playButton={playButton} onGo={go} />
        </div>
        <TakePanel take={take} scene={scene} />
      </div>
    </Dialog>
  )
}

/** Plays a take large, with everything known about it. */
export function Player() {
  const takeId = useUi((ui) => ui.playing)
  const view = useProjection((projection) => projection.view)
  const take = takeId === null ? undefined : view?.takes.get(takeId)
  const scene = take && view?.scenes.get(take.sceneId)
  if (!view || !take || !scene || take.phase !== 'ready') return null
  return <Content view={view} take={take} scene={scene} />
}
