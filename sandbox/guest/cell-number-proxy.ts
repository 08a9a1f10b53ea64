// Which cell is running: the end of one drops what it left unfinished. Replaces helpers/cell-number.ts in the sandbox.
export { cellNumber } from './bridge.ts'
