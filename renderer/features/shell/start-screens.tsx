import { Failure } from '../../common/failure.tsx'
import { Skeleton } from '../../ui/empty.tsx'

const CARDS = Array.from({ length: 12 }, (_, index) => index)

/** The studio before its first snapshot is in. Nothing shows for the first moment. */
export const LoadingScreen = () => (
  <main className="board-screen" aria-busy="true" aria-label="Loading the library">
    <div className="panel start-rail">
      <Skeleton height={32} />
      <Skeleton height={32} />
      <Skeleton height={160} />
    </div>
    <div className="panel start-cards">
      {CARDS.map((card) => (
        <Skeleton key={card} height={200} />
      ))}
    </div>
    <div className="panel start-rail">
      <Skeleton height={76} />
      <Skeleton height={120} />
    </div>
  </main>
)

/** The studio when it could not be started or its library not be read. */
export const FailedScreen = ({ error, onRetry }: { error: unknown; onRetry(): void }) => (
  <main className="failed-screen">
    <h1>The studio could not start</h1>
    <Failure error={error} onRetry={onRetry} />
  </main>
)
