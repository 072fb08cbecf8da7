import { contextBridge, ipcRenderer } from 'electron'
import { createIpcTransport } from './hosts/desktop/ipc-client.ts'

contextBridge.exposeInMainWorld('takeboard', createIpcTransport(ipcRenderer))
