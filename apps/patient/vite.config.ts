import { leaveSchemasOut, noCircularChunks } from '@casetalk/portal/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the API answers while developing; in production the portal's web server passes `/v1` on. */
const api = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [leaveSchemasOut(), react(), noCircularChunks()],
  build: {
    // The content security policy knows no `data:` and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files instead of dozens of tiny ones: a phone asks for six at a time. What several screens need is one
          // file for each layer, and a layer imports only those above it here: so no files import each other in a circle.
          groups: [
            {
              name: 'libraries',
              test: /node_modules[\\/](?:\.pnpm[\\/])?(?:react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack)/,
              tags: ['$initial'],
            },
            { name: 'ui', test: /node_modules|packages[\\/](?:ui|client|contract)[\\/]/, minShareCount: 2 },
            { name: 'portal', test: /packages[\\/]portal[\\/]/, minShareCount: 2 },
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { '/v1': { target: api, headers: { 'casetalk-portal': 'patient' } } },
  },
});
