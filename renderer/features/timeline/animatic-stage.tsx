import { X } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import { SINGLE_KEYS } from '../../commands/combos.ts'
import { isTextField } from '../../commands/keymap.ts'
import {
  chooseSound,
  closeAnimatic,
  playAnimatic,
  seekAnimatic,
  toggleAnimatic,
  useAnimatic,
} from '../../state/animatic.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { padNumber } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { Tag } from '../../ui/chip.tsx'
import { type AnimaticKey, animaticKey, shuttle } from './keys.ts'
import { besideFrame, clampFrame, slotAt, withIn, withOut } from '../../media/sequence-slots.ts'
import { DeckPlace } from '../../common/deck-place.tsx'
import type { SceneSchedule } from './schedule.ts'
import { StageControls } from './stage-controls.tsx'
import { useSequence } from './use-sequence.ts'

/** Shows the stage on the whole screen, or no longer. */
function toggleFullScreen(stage: HTMLElement | null): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : stage?.requestFullscreen()
  change?.catch(() => {
    // The system keeps its windows as they are.
  })
}

function act(key: AnimaticKey, schedule: SceneSchedule, stage: HTMLElement | null): void {
  const { speed, range, loop, muted, volume, frame: raw } = useAnimatic.getState()
  const frame = clampFrame(schedule, raw)
  switch (key.do) {
    case 'toggle':
      return toggleAnimatic()
    case 'pause':
      return playAnimatic(0)
    case 'faster':
      return playAnimatic(shuttle(speed, 1))
    case 'back':
      return playAnimatic(shuttle(speed, -1))
    case 'step':
      return seekAnimatic(clampFrame(schedule, frame + key.frames))
    case 'scene':
      return seekAnimatic(besideFrame(schedule, frame, key.by))
    case 'end':
      return seekAnimatic(key.which === 'first' ? 0 : schedule.frames - 1)
    case 'in':
      return useAnimatic.setState({ range: withIn(range, frame, schedule) })
    case 'out':
      return useAnimatic.setState({ range: withOut(range, frame) })
    case 'clear':
      return useAnimatic.setState({ range: null })
    case 'loop':
      return useAnimatic.setState({ loop: !loop })
    case 'mute':
      return chooseSound(!muted, volume)
    case 'full':
      return toggleFullScreen(stage)
    case 'close':
      return closeAnimatic()
  }
}

/** Keys without Cmd, Ctrl or Alt can be switched off; those with names, such as the arrows, are not meant. */
const switchedOff = (event: KeyboardEvent) =>
  event.key.length === 1 && event.key !== ' ' && useProjection.getState().studio?.settings.keys[SINGLE_KEYS] === null

/** Text, overlays and whatever works by the same keys come first. */
function keysBelongElsewhere(event: KeyboardEvent, stage: HTMLElement | null): boolean {
  if (switchedOff(event)) return true
  const target = event.target instanceof HTMLElement ? event.target : null
  if (!target || target === document.body) return document.querySelector('[role="dialog"],.popup.menu') !== null
  if (isTextField(target) || target.closest('[role="dialog"],[role="menu"]')) return true
  if (!stage?.contains(target) && !target.closest('.dock')) return true
  if (event.key === ' ' && target.closest('button')) return true
  return (
    target.closest('[role="slider"],[role="listbox"],input[type="range"]') !== null &&
    /^(Arrow|Page|Home|End| )/.test(event.key)
  )
}

function useStageKeys(stage: RefObject<HTMLElement | null>, schedule: SceneSchedule): void {
  const latest = useRef(schedule)
  useEffect(() => {
    latest.current = schedule
  })
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const key = animaticKey(event)
      if (!key || keysBelongElsewhere(event, stage.current)) return
      event.preventDefault()
      event.stopPropagation()
      act(key, latest.current, stage.current)
    }
    window.addEventListener('keydown', keys, true)
    return () => window.removeEventListener('keydown', keys, true)
  }, [stage])
}

/** What is in sight: the scene, and where its picture comes from. */
function Caption({ board, schedule }: { board: OpenBoard; schedule: SceneSchedule }) {
  const slot = useAnimatic((animatic) => slotAt(schedule, clampFrame(schedule, animatic.frame)))
  if (!slot) return null
  const { scene, take } = slot
  return (
    <h2 className="stage-title">
      <span className="chip num">{padNumber(scene.number)}</span>
      <span className="ell">{scene.title || 'Untitled'}</span>
      {take ? <span className="t3 c12 num">take {take.number}</span> : <Tag>Sketch</Tag>}
      {take?.provider === 'rehearsal' && <Tag>Rehearsal</Tag>}
      <span className="hidden-text">of {board.storyboard.title}</span>
    </h2>
  )
}

function Sound({ stage }: { stage: RefObject<HTMLElement | null> }) {
  const muted = useAnimatic((animatic) => animatic.muted)
  const volume = useAnimatic((animatic) => animatic.volume)
  useEffect(() => {
    stage.current?.querySelectorAll('video').forEach((video) => {
      video.muted = muted
      video.volume = volume
    })
  }, [stage, muted, volume])
  return null
}

/** The animatic, large over the board. */
export function AnimaticStage({ board, schedule }: { board: OpenBoard; schedule: SceneSchedule }) {
  const stage = useRef<HTMLElement>(null)
  useSequence(stage, schedule)
  useStageKeys(stage, schedule)
  useEffect(() => {
    const before = document.activeElement
    stage.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <section className="animatic-stage" ref={stage} aria-label="Animatic" tabIndex={-1}>
      <header className="stage-head">
        <Caption board={board} schedule={schedule} />
        <IconButton label="Close the animatic" keys="Escape" icon={<X size={16} />} onClick={closeAnimatic} />
      </header>
      <div className="stage-pictures on-frame">
        <DeckPlace front />
        <DeckPlace front={false} />
      </div>
      <StageControls schedule={schedule} onKey={(key) => act(key, schedule, stage.current)} />
      <Sound stage={stage} />
    </section>
  )
}
