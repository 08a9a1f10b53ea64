// The entry point of the page.
import '@fontsource-variable/geist/wght.css'
import './style/base.css'
import './style/layout.css'
import './style/panels.css'
import './style/conversation.css'
import './style/cell.css'
import './style/code.css'
import './style/files.css'
import './style/composer.css'
import './style/welcome.css'
import './style/dialogs.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { LanguageProvider } from './i18n/language.tsx'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
  )
}
