import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { present } from '../shared/assert.ts'
import { App } from './app.tsx'

createRoot(present(document.getElementById('root'), 'index.html has it')).render(<App />)
