import { Clapperboard, ListVideo, Pencil, Plus, Trash2, Layers } from 'lucide-react'
import { registry } from '../../commands/registry.ts'
import { removePlaylist, renamePlaylist } from '../../commands/sequence-actions.ts'
import { InlineName } from '../../common/inline-name.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { type PlaylistNow, type PlaylistSource, playlistsOf, sameSource } from '../../state/playlist.ts'
import { padNumber, storyboardsOf } from '../../state/selectors.ts'
import { chooseSource, useSequence } from '../../state/sequence.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { Playlist } from '../../../shared/review.ts'

function Source({
  now,
  source,
  title,
  aside,
  icon,
}: {
  now: PlaylistNow
  source: PlaylistSource
  title: string
  aside?: string | undefined
  icon: React.ReactNode
}) {
  return (
    <button
      type="button"
      className="playlist-source"
      aria-current={sameSource(now.source, source) || undefined}
      onClick={() => chooseSource(source)}
    >
      {icon}
      <span className="ell">{title}</span>
      {aside !== undefined && <span className="t3 c11 num">{aside}</span>}
    </button>
  )
}

function List({ now, list }: { now: PlaylistNow; list: Playlist }) {
  const naming = useSequence((sequence) => sequence.naming === list.id)
  const source = { kind: 'list', playlistId: list.id } as const
  if (naming)
    return (
      <InlineName
        title={list.title}
        label="Name of the playlist"
        onDone={(title) => {
          useSequence.setState({ naming: null })
          if (title !== null) void renamePlaylist(list.id, title)
        }}
      />
    )
  return (
    <>
      <Source
        now={now}
        source={source}
        title={list.title}
        aside={String(list.takeIds.length)}
        icon={<ListVideo size={14} aria-hidden />}
      />
      {sameSource(now.source, source) && (
        <>
          <IconButton
            size="small"
            label={`Rename ${list.title}`}
            icon={<Pencil size={12} />}
            onClick={() => useSequence.setState({ naming: list.id })}
          />
          <IconButton
            size="small"
            label={`Remove ${list.title}`}
            icon={<Trash2 size={12} />}
            onClick={() => void removePlaylist(list.id)}
          />
        </>
      )}
    </>
  )
}

/** The scene whose takes can be played: that of the piece that was last in sight, or of the takes that are shown. */
const sceneOf = (now: PlaylistNow, at: number) => (now.entries[at] ?? now.entries[0])?.scene ?? null

/** What can be played: storyboards in order, the takes of a scene, and lists put together by hand. */
export function SourceList({ view, now, at }: { view: ProjectView; now: PlaylistNow; at: number }) {
  const lists = playlistsOf(view)
  const scene = sceneOf(now, at)
  return (
    <nav className="panel playlist-sources" aria-label="Playlists">
      <h2 className="section-label">Storyboards in order</h2>
      {storyboardsOf(view).map(({ id, title }) => (
        <Source
          key={id}
          now={now}
          source={{ kind: 'board', storyboardId: id }}
          title={title}
          icon={<Clapperboard size={14} aria-hidden />}
        />
      ))}
      {scene && (
        <>
          <h2 className="section-label">Takes of a scene</h2>
          <Source
            now={now}
            source={{ kind: 'scene', sceneId: scene.id }}
            title={`${padNumber(scene.number)} ${scene.title || 'Untitled'}`}
            icon={<Layers size={14} aria-hidden />}
          />
        </>
      )}
      <h2 className="section-label">Your playlists</h2>
      {lists.length === 0 && <p className="t3 c12 playlist-none">None yet. Add takes with the button beside them.</p>}
      {lists.map((list) => (
        <div key={list.id} className="row playlist-list">
          <List now={now} list={list} />
        </div>
      ))}
      <Button size="small" look="ghost" icon={<Plus size={14} />} onClick={() => registry.run('sequence.new')}>
        New playlist
      </Button>
    </nav>
  )
}
