import './deck-place.css'

/** A place of a stage that a sequence shows its pictures in. Two lie over each other; the one in front hides the other. */
export const DeckPlace = ({ front }: { front: boolean }) => (
  <div className="deck" data-front={front} data-shows="still">
    {/* Scenes are watched without captions: the dialogue is beside each of them on the board. */}
    <video playsInline preload="auto" disablePictureInPicture tabIndex={-1} aria-hidden>
      <track kind="captions" />
    </video>
    <img alt="" draggable={false} />
  </div>
)
