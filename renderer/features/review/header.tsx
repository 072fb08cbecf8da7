import {
  Blend,
  Columns2,
  FileDiff,
  Grid3x3,
  Layers2,
  Link2,
  ListVideo,
  Maximize,
  Minimize,
  Square,
  SquareSplitHorizontal,
  Unlink2,
} from 'lucide-react'
import { perSecond } from '../../../shared/frame-rate.ts'
import type { TakeId } from '../../../shared/ids.ts'
import { fitPicture, lookAs } from '../../commands/review-actions.ts'
import { registry } from '../../commands/registry.ts'
import { takeInSight } from '../../commands/sequence-actions.ts'
import { playableTakes, type ReviewNow } from '../../commands/review-now.ts'
import { PlaylistItems } from '../../common/playlist-items.tsx'
import { type CompareMode, MASKS, useReview } from '../../state/review.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Tag } from '../../ui/chip.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { RerunButton } from './rerun-button.tsx'

const MODES: readonly { value: CompareMode; label: string; Icon: typeof Square }[] = [
  { value: 'single', label: 'Single', Icon: Square },
  { value: 'side', label: 'Side by side', Icon: Columns2 },
  { value: 'wipe', label: 'Wipe', Icon: SquareSplitHorizontal },
  { value: 'difference', label: 'Difference', Icon: Blend },
  { value: 'overlay', label: 'Overlay', Icon: Layers2 },
]
const OPTIONS = MODES.map(({ value, label, Icon }) => ({
  value,
  label,
  picture: (
    <>
      <Icon size={14} aria-hidden />
      <span className="mode-label">{label}</span>
    </>
  ),
}))

/** `24 fps`, `23.976 fps`. */
const rateText = (rate: number): string => `${Number(rate.toFixed(3))} fps`

const ZOOMS = [0.5, 1, 2, 4] as const

function ZoomMenu() {
  const zoom = useReview((review) => review.zoom)
  const text = zoom === 'fit' ? 'Fit' : `${Math.round(zoom * 100)} %`
  return (
    <Menu
      trigger={
        <Button size="small" look="ghost" className="num" aria-label={`${text}, size of the picture`}>
          {text}
        </Button>
      }
    >
      <MenuChoice checked={zoom === 'fit'} onClick={fitPicture}>
        Fit
      </MenuChoice>
      {ZOOMS.map((each) => (
        <MenuChoice key={each} checked={zoom === each} onClick={() => useReview.setState({ zoom: each })}>
          {each * 100} %
        </MenuChoice>
      ))}
    </Menu>
  )
}

function GuidesMenu() {
  const safeAreas = useReview((review) => review.safeAreas)
  const mask = useReview((review) => review.mask)
  return (
    <Menu
      trigger={
        <IconButton
          label="Safe areas and masks"
          tip={false}
          on={safeAreas || mask !== 'none'}
          icon={<Grid3x3 size={16} />}
        />
      }
    >
      <MenuChoice checked={safeAreas} onClick={() => useReview.setState({ safeAreas: !safeAreas })}>
        Safe areas
      </MenuChoice>
      <MenuSeparator />
      <MenuGroup label="Mask">
        {MASKS.map((each) => (
          <MenuChoice key={each} checked={mask === each} onClick={() => useReview.setState({ mask: each })}>
            {each === 'none' ? 'None' : each}
          </MenuChoice>
        ))}
      </MenuGroup>
    </Menu>
  )
}

/** The way to what is played in order, and into a list. */
function PlaylistMenu({ compared }: { compared: readonly TakeId[] }) {
  const take = takeInSight()
  return (
    <Menu trigger={<IconButton label="Playlists" tip={false} icon={<ListVideo size={16} />} />}>
      <MenuItem keys={registry.keysOf('sequence.open')} onClick={() => registry.run('sequence.open')}>
        The storyboard in order
      </MenuItem>
      {take && <PlaylistItems takeIds={[take.takeId]} text={`Add ${take.slate} to`} />}
      {compared.length > 1 && (
        <PlaylistItems takeIds={compared} text={`Add the ${compared.length} takes compared to`} />
      )}
    </Menu>
  )
}

/** The scene, how its takes are compared, and what lies over the picture. */
export function ReviewHeader({ now }: { now: ReviewNow }) {
  const mode = useReview((review) => review.mode)
  const linked = useReview((review) => review.linked)
  const told = useReview((review) => review.told)
  const requests = useReview((review) => review.requests)
  const full = useReview((review) => review.fullScreen)
  const { scene, takes, view } = now
  const several = takes.length > 1
  const rehearsal = takes[0]?.provider === 'rehearsal'
  return (
    <div className="view-header review-header">
      <span className="chip num strong">{padNumber(scene.number)}</span>
      <h1 className="ell" title={scene.title || 'Untitled'}>
        {scene.title || 'Untitled'}
      </h1>
      {rehearsal && <Tag>Rehearsal</Tag>}
      <span className="review-count t3 c12 num ell">
        {plural(playableTakes(view, scene).length, 'take')}
        {told && ` · ${rateText(perSecond(told.rate))}`}
      </span>
      <span className="grow" />
      <RerunButton now={now} />
      <Segmented label="Compare mode" value={several ? mode : 'single'} options={OPTIONS} onChange={lookAs} />
      <span className="separator" />
      <IconButton
        label={linked ? 'Takes move together' : 'Takes move alone'}
        keys={registry.keysOf('review.link')}
        on={linked}
        aria-pressed={linked}
        disabled={!several}
        icon={linked ? <Link2 size={16} /> : <Unlink2 size={16} />}
        onClick={() => registry.run('review.link')}
      />
      <IconButton
        label="What differs in the requests"
        keys={registry.keysOf('review.requests')}
        on={several && requests}
        aria-pressed={several && requests}
        icon={<FileDiff size={16} />}
        onClick={() => registry.run('review.requests')}
      />
      <PlaylistMenu compared={takes.map(({ id }) => id)} />
      <ZoomMenu />
      <GuidesMenu />
      <IconButton
        label={full ? 'Leave full screen' : 'Full screen'}
        keys={registry.keysOf('review.fullScreen')}
        icon={full ? <Minimize size={16} /> : <Maximize size={16} />}
        onClick={() => registry.run('review.fullScreen')}
      />
    </div>
  )
}
