import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createJobs, type Jobs } from './jobs.ts'
import { openLedger, type Ledger } from './ledger.ts'
import { DEFAULT_SCRIPT, take, type ReplyFault, type RouteName, type Script, type Subject } from './script.ts'

/** One request as the service saw it. */
export interface SeenRequest {
  readonly route: RouteName
  readonly method: string
  readonly path: string
  /** Whether it carried an Authorization header, right or wrong. */
  readonly authorization: boolean
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Number of the connection it came over. */
  readonly connection: number
  readonly at: number
}

/** Everything the routes share. */
export interface World {
  readonly key: string
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly seen: SeenRequest[]
  script: Script
  /** Takes the next fault of `other` for a route, or null. */
  otherFault(route: RouteName): ReplyFault | null
  /** Hands out an address of a clip that works for as many downloads as the script allows. */
  issueUrl(baseUrl: string, id: string): string
  /** Uses an address once. @returns false when it is used up or was never handed out */
  useUrl(signature: string): boolean
}

/** Opens the service's folder: ledger, key and script, each as a former process left it. */
export function openWorld(dir: string): World {
  mkdirSync(dir, { recursive: true })
  const ledger = openLedger(dir)
  const scriptFile = join(dir, 'script.json')
  let script = readJson<Script>(scriptFile) ?? DEFAULT_SCRIPT
  const uses = new Map<string, number>()
  return {
    key: readKey(dir),
    ledger,
    jobs: createJobs(ledger),
    seen: [],
    get script() {
      return script
    },
    set script(next: Script) {
      script = next
      writeFileSync(scriptFile, JSON.stringify(next))
    },
    otherFault(route) {
      const subject: Subject = {}
      const taken = take(script.other, subject, (fault) => fault.route === route)
      if (taken.fault) this.script = { ...script, other: taken.rest }
      return taken.fault
    },
    issueUrl(baseUrl, id) {
      const signature = script.urlUses === null ? 'stable' : randomBytes(8).toString('hex')
      uses.set(signature, script.urlUses ?? 0)
      return `${baseUrl}/outputs/${id}.mp4?signature=${signature}`
    },
    useUrl(signature) {
      if (script.urlUses === null) return true
      const left = uses.get(signature) ?? 0
      uses.set(signature, left - 1)
      return left > 0
    },
  }
}

function readKey(dir: string): string {
  const file = join(dir, 'key')
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const key = `wsk_fake_${randomBytes(16).toString('hex')}`
    writeFileSync(file, key)
    return key
  }
}

function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}
