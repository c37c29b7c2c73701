import { startLanguage, withoutEval } from '@casetalk/portal';
import '@casetalk/ui/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { clinicianNamespace } from '../lib/words/use-clinician-words.ts';
import { App } from './app.tsx';
import './app.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has lost its #root');

withoutEval();

await startLanguage({
  namespace: clinicianNamespace,
  catalogues: { en: () => import('../lib/words/en/index.ts').then((words) => words.en) },
});

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
