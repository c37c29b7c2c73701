import '@casetalk/ui/styles.css';
import { PortalRoot, startLanguage, withoutEval } from '@casetalk/portal';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createRoutes } from './app/routes.tsx';
import { patientNamespace } from './language/use-patient-words.ts';

withoutEval();

await startLanguage({
  namespace: patientNamespace,
  catalogues: {
    en: () => import('./language/en.ts').then((module) => module.en),
    es: () => import('./language/es.ts').then((module) => module.es),
  },
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
createRoot(root).render(
  <PortalRoot density="patient">
    <RouterProvider router={createRoutes()} />
  </PortalRoot>,
);
