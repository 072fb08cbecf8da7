import { Clapperboard, Copy, CopyCheck, Ellipsis, Film, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { PRICE_PER_SECOND } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, formatUsdExact } from '../../../shared/money.ts'
import { registry } from '../../commands/registry.ts'
import { rehearse } from '../../commands/scene-actions.ts'
import { DraftMark } from '../../common/draft-mark.tsx'
import { useDraft } from '../../common/use-draft.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { otherTargets } from '../../state/copy-settings.ts'
import { call, run } from '../../state/requests.ts'
import { padNumber, scenePrice, stateOf, takesOf } from '../../state/selectors.ts'
import { openGenerate } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ApplyDialog } from './apply-dialog.tsx'
import { InlineName } from './inline-name.tsx'
import { Notes } from './notes.tsx'
import { PromptSection } from './prompt-section.tsx'
import { SeedControl } from './seed-control.tsx'
import { ShotSettings } from './shot-settings.tsx'
import { StyleNote } from './style-note.tsx'
import { Takes } from './takes.tsx'

function Header({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const [applying, setApplying] = useState(false)
  const title = useDraft(scene.title, (text) => call('scene.update', { sceneId: scene.id, patch: { title: text } }))
  return (
    <header className="inspector-head">
      <InlineName
        className="number"
        label="Scene number"
        value={scene.number}
        display={padNumber(scene.number)}
        maxLength={12}
        onSave={(number) => run('scene.update', { sceneId: scene.id, patch: { number } })}
      />
      <input
        className="inspector-title"
        aria-label="Scene title"
        placeholder="Untitled"
        value={title.text}
        maxLength={200}
        onChange={(event) => title.edit(event.target.value)}
        onBlur={title.flush}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <DraftMark state={title.state} touched={title.state !== 'saved'} />
      <StateBadge state={stateOf(board.view, scene).name} />
      <Menu trigger={<IconButton label="More for this scene" tip={false} icon={<Ellipsis size={16} />} />}>
        <MenuItem
          icon={<Copy size={14} />}
          keys={registry.keysOf('scene.duplicate')}
          onClick={() => registry.run('scene.duplicate')}
        >
          Duplicate
        </MenuItem>
        {board.scenes.length > 1 && (
          <MenuItem icon={<CopyCheck size={14} />} onClick={() => setApplying(true)}>
            Apply its settings to others…
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={14} />} danger onClick={() => registry.run('scene.remove')}>
          Delete
        </MenuItem>
      </Menu>
      {applying && (
        <ApplyDialog
          board={board}
          sources={[scene]}
          targets={otherTargets(board.scenes, scene)}
          onClose={() => setApplying(false)}
        />
      )}
    </header>
  )
}

function PriceAndActions({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const rehearsing = board.view.project.provider === 'rehearsal'
  const price = scenePrice(scene)
  const nextTake = Math.max(0, ...takesOf(board.view, scene.id).map((take) => take.number)) + 1
  const rate = formatUsdExact(PRICE_PER_SECOND[scene.resolution])
  return (
    <section className="section" aria-label="Price">
      <div className="price-line">
        <span className="num">
          {rehearsing && 'Would cost '}
          {scene.duration} s × {rate} at {scene.resolution}
        </span>
        <b className={rehearsing ? 'num would' : 'num'}>{formatUsdExact(price)}</b>
      </div>
      <div className="row actions">
        <Button icon={<Film size={16} />} onClick={() => void rehearse([scene.id])}>
          {rehearsing ? `Rehearse take ${nextTake}` : 'Rehearse'}
        </Button>
        {!rehearsing && (
          <Button className="paid" icon={<Clapperboard size={16} />} onClick={() => openGenerate([scene.id])}>
            Generate take {nextTake}
            <span className="num t2">{formatUsd(price)}</span>
          </Button>
        )}
      </div>
    </section>
  )
}

/** Everything about one scene: its words, its settings, its price and its takes. */
export function SceneInspector({ board, scene }: { board: OpenBoard; scene: Scene }) {
  return (
    <>
      <Header board={board} scene={scene} />
      <div className="scroll">
        <PromptSection scene={scene} storyboard={board.storyboard} cast={board.cast} />
        <ShotSettings value={scene} onChange={(patch) => run('scene.update', { sceneId: scene.id, patch })} />
        <SeedControl board={board} scene={scene} />
        <PriceAndActions board={board} scene={scene} />
        <Takes board={board} scene={scene} />
        <StyleNote storyboard={board.storyboard} collapsed />
        <Notes scene={scene} />
      </div>
    </>
  )
}
